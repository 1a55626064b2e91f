"""Go's types, as far as they say what a literal or a variable without a value is."""

from __future__ import annotations

import re
from collections.abc import Callable

from tree_sitter import Node

from core.parse.go_literal import string
from core.parse.go_object import Buffer, Client, Field, Pairs, Request, Struct, Url
from core.parse.thing import Folded, Thing, Traffic, plain
from core.parse.tree import operand, operands, part, text
from core.parse.url import UrlParts
from core.parse.value import Unknown

_tag = re.compile(r'\bjson:"([^",]*)(,omitempty)?').search
_ZEROS: dict[str, Folded] = {"string": "", "bool": False, "any": None, "error": None}
_ZEROS |= dict.fromkeys(("int", "int32", "int64", "uint", "uint32", "uint64"), 0)
_ZEROS |= dict.fromkeys(("float32", "float64"), 0)
_NIL = frozenset({"pointer_type", "map_type", "slice_type", "interface_type", "function_type"})


class Types:
    """The types that the code declares, and those of the library that requests are built from."""

    def __init__(
        self,
        fold: Callable[[Node], Folded],
        unknown: Callable[[Node], Unknown],
        traffic: Traffic,
    ) -> None:
        self._fold = fold
        self._unknown = unknown
        self._traffic = traffic
        self._declared: dict[str, Node] = {}
        self._layouts: dict[str, list[Field]] = {}

    def declare(self, node: Node) -> None:
        """Remembers what ``type Name …`` declares."""
        for specified in operands(node):
            name, kind = (specified.child_by_field_name(each) for each in ("name", "type"))
            if name is not None and kind is not None:
                self._declared[text(name)] = kind

    def zero(self, kind: Node) -> Folded:
        """What a variable of a type is before it is given a value."""
        if kind.type in _NIL:
            return None
        name = text(kind)
        return _ZEROS[name] if name in _ZEROS else self.new(kind)

    def new(self, kind: Node) -> Folded:
        """An empty value: ``new(T)``, ``make(T)``, ``T{}``."""
        name = text(kind)
        library = self._of_library(name)
        if library is not None:
            return library
        declared = self._declared.get(name)
        if declared is not None and declared.type != "struct_type":
            return self.new(declared)
        if kind.type == "map_type":
            return {}
        if kind.type in ("slice_type", "array_type", "implicit_length_array_type"):
            return []
        if kind.type == "struct_type" or declared is not None:
            return Struct(name, self._layout(name, declared or kind))
        return Struct(name)

    def _of_library(self, name: str) -> Thing | None:
        if name in ("bytes.Buffer", "strings.Builder"):
            return Buffer()
        if name in ("url.Values", "http.Header", "textproto.MIMEHeader"):
            return Pairs(is_header=name != "url.Values")
        if name == "http.Client":
            return Client(self._traffic)
        if name == "url.URL":
            return Url(UrlParts())
        if name == "http.Request":
            request = Request("GET", Url(UrlParts()))
            self._traffic.build(request.call)
            return request
        return None

    def literal(self, kind: Node, body: Node) -> Folded:
        """``Type{…}``"""
        made = self.new(kind)
        members = operands(body)
        if isinstance(made, list):
            return [self._member(each, _element(kind)) for each in members]
        unkeyed = [each for each in members if each.type != "keyed_element"]
        if unkeyed:
            return self._positional(made, unkeyed)
        for each in members:
            made = self._set(made, kind, each)
        return made

    def _positional(self, made: Folded, members: list[Node]) -> Folded:
        """``Pet{"Rex", 3}``"""
        if isinstance(made, Struct) and made.layout is not None:
            for field, member in zip(made.layout, members, strict=False):
                made.fields[field.name] = self._member(member, None)
        return made

    def _set(self, made: Folded, kind: Node, member: Node) -> Folded:
        key, given = part(member, "key"), part(member, "value")
        value = self._member(given, _element(kind))
        if isinstance(made, Struct) and made.layout is None and not _is_name(key):
            made = {}  # a type from elsewhere, which has keys as maps have them
        if isinstance(made, Thing) and not isinstance(made, Pairs):
            made.set(text(key), value, self._unknown(given))
            return made
        name = plain(self._member(key, None), self._unknown(key))
        if isinstance(made, Pairs):
            made.set_item(name, plain(value, self._unknown(given)))
        elif isinstance(made, dict):
            if isinstance(name, str | int | float) and not isinstance(name, bool):
                made[str(name)] = value
            else:
                return self._unknown(member)
        return made

    def _member(self, node: Node, kind: Node | None) -> Folded:
        """A key or value; ``{…}`` without a type is of the type of its siblings."""
        inner = operand(node) if node.type == "literal_element" else node
        if inner.type != "literal_value":
            return self._fold(inner)
        if kind is None:
            return [self._member(each, None) for each in operands(inner)]
        return self.literal(kind, inner)

    def _layout(self, name: str, kind: Node) -> list[Field]:
        if name not in self._layouts:
            self._layouts[name] = []  # that of a type that holds itself
            declarations = [each for inner in operands(kind) for each in operands(inner)]
            self._layouts[name] = [
                self._field(text(field), declaration)
                for declaration in declarations
                for field in declaration.children_by_field_name("name")
            ]
        return self._layouts[name]

    def _field(self, name: str, declaration: Node) -> Field:
        tag = declaration.child_by_field_name("tag")
        found = _tag(string(text(tag)) or "") if tag is not None else None
        json_name = found[1] or name if found else name
        if json_name == "-" or not name[:1].isupper():
            json_name = ""
        is_optional = found is not None and found[2] is not None
        return Field(name, json_name, is_optional, self.zero(part(declaration, "type")))


def _element(kind: Node) -> Node | None:
    """The type of a slice's or map's members."""
    return kind.child_by_field_name("element") or kind.child_by_field_name("value")


def _is_name(key: Node) -> bool:
    inner = operand(key) if key.type == "literal_element" else key
    return inner.type in ("identifier", "field_identifier")

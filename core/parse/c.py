"""libcurl in C: the handle that ``curl_easy_perform`` is given first, and what was set on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tree_sitter import Node

from core.parse.c_literal import number, string
from core.parse.call import Call, Parsed, PartsValue, PartValue, finish
from core.parse.curl_options import CurlOptions
from core.parse.printf import formatted
from core.parse.tree import Source, operands, operator_of, read_source, text
from core.parse.value import Value, concatenated, encoded, file_content


@dataclass
class _Part:
    """A ``curl_mimepart`` while it is being filled."""

    name: Value = ""
    data: Value = ""
    filename: Value = None
    type: Value = None

    def value(self) -> PartValue:
        """What it has become."""
        return PartValue(self.name, self.data, self.filename, self.type)


@dataclass
class _Mime:
    parts: list[_Part] = field(default_factory=list)


_Thing: TypeAlias = "Value | CurlOptions | _Mime | _Part"
"""What a variable can hold; a ``curl_slist`` is the list of its texts."""


def parse(code: str) -> Parsed:
    """The request of the handle that is performed first."""
    return finish(_Program(read_source("c", code)).run())


class _Program:
    """One pass over the code, statement by statement, whatever function they stand in."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.variables: dict[str, _Thing] = {}
        self.handles: list[CurlOptions] = []
        self.performed: CurlOptions | None = None

    def run(self) -> Call:
        """The call of the handle that is performed first, else of the first one there is."""
        waiting = [self.source.root]
        while waiting and self.performed is None:
            node = waiting.pop()
            if not self._runs(node):
                waiting += reversed(node.named_children)
        handle = self.performed or next(iter(self.handles), None)
        return Call() if handle is None else handle.call()

    def _runs(self, node: Node) -> bool:
        """Does what a node does, if that is known; else what is in it is to be looked at."""
        if node.type == "call_expression":
            return self._calls(node)[0]
        fields = _ASSIGNMENTS.get(node.type)
        if fields is None:
            return False
        target, value = (node.child_by_field_name(name) for name in fields)
        name = _declared_name(target)
        if not name or target is None or value is None:
            return False
        if node.type == "preproc_def":
            self.variables[name] = self._macro(value)
        elif operator_of(node) in ("", "="):
            self.variables[name] = self.thing(value)
        elif operator_of(node) == "+=":  # of C++
            self.variables[name] = concatenated(self.value(target), self.value(value))
        return True

    def _calls(self, node: Node) -> tuple[bool, _Thing]:
        """Whether a function is known, and what it returns."""
        function = node.child_by_field_name("function")
        fewest, does = FUNCTIONS.get(text(function) if function else "", (0, None))
        arguments = _arguments(node)
        if does is None or len(arguments) < fewest:
            return False, None
        return True, does(self, arguments)

    def thing(self, node: Node) -> _Thing:
        """What an expression stands for."""
        kind = node.type
        if kind in ("string_literal", "char_literal"):
            return string(text(node))
        if kind == "number_literal":
            found = number(text(node))
            return self.source.unknown(node) if found is None else found
        if kind in _CONSTANTS:
            return _CONSTANTS[kind]
        if kind == "identifier":
            return self._of_name(text(node), node)
        if kind in ("parenthesized_expression", "cast_expression", "pointer_expression"):
            return self.thing(node.named_children[-1])
        if kind == "assignment_expression" and self._runs(node):
            return self.thing(node.named_children[0])
        if kind == "concatenated_string" or (
            kind == "binary_expression" and operator_of(node) == "+"
        ):
            return concatenated(*[self.value(operand) for operand in _operands(node)])
        if kind == "call_expression":
            is_known, result = self._calls(node)
            return result if is_known else self._of_method(node)
        return self.source.unknown(node)

    def value(self, node: Node) -> Value:
        """What an expression stands for, where that is no handle and no part."""
        thing = self.thing(node)
        if isinstance(thing, CurlOptions | _Mime | _Part):
            return self.source.unknown(node)
        return thing

    def handle(self, node: Node) -> CurlOptions:
        """The handle that an expression stands for; one from elsewhere begins with nothing set."""
        thing = self.thing(node)
        if not isinstance(thing, CurlOptions):
            thing = self.variables[text(node)] = self.new_handle()
        return thing

    def new_handle(self) -> CurlOptions:
        """A handle with nothing set."""
        self.handles.append(CurlOptions())
        return self.handles[-1]

    def part(self, node: Node) -> _Part:
        """The part that an expression stands for."""
        thing = self.thing(node)
        return thing if isinstance(thing, _Part) else _Part()

    def _of_name(self, name: str, node: Node) -> _Thing:
        return self.variables[name] if name in self.variables else self.source.unknown(node)

    def _of_method(self, node: Node) -> _Thing:
        """``url.c_str()`` of C++ is ``url``; any other call is unknown."""
        function = node.child_by_field_name("function")
        if function is None or function.type != "field_expression" or _arguments(node):
            return self.source.unknown(node)
        return self.thing(function.named_children[0])

    def _macro(self, node: Node) -> Value:
        """What a ``#define`` puts in: literals, and macros before it, one after the other."""
        written = text(node).strip()
        found = number(written)
        if found is not None:
            return found
        pieces: list[Value] = []
        for token in _macro_token.findall(written):
            known = self.variables.get(token)
            if token[0] == '"':
                pieces.append(string(token))
            elif isinstance(known, str):
                pieces.append(known)
            else:
                return self.source.unknown(node)
        return concatenated(*pieces)


def _initialise(program: _Program, arguments: list[Node]) -> _Thing:
    return program.new_handle()


def _set_option(program: _Program, arguments: list[Node]) -> _Thing:
    handle, value = program.handle(arguments[0]), program.thing(arguments[2])
    option = text(arguments[1]).removeprefix("CURLOPT_")
    if isinstance(value, _Mime):
        handle.set(option, PartsValue([part.value() for part in value.parts]))
    elif not isinstance(value, CurlOptions | _Part):
        handle.set(option, value)
    return None


def _perform(program: _Program, arguments: list[Node]) -> _Thing:
    program.performed = program.handle(arguments[0])
    return None


def _reset(program: _Program, arguments: list[Node]) -> _Thing:
    program.handle(arguments[0]).reset()
    return None


def _escape(program: _Program, arguments: list[Node]) -> _Thing:
    return encoded(program.value(arguments[-2]))


def _append_line(program: _Program, arguments: list[Node]) -> _Thing:
    lines = program.value(arguments[0])
    return [*(lines if isinstance(lines, list) else []), program.value(arguments[1])]


def _begin_parts(program: _Program, arguments: list[Node]) -> _Thing:
    return _Mime()


def _add_part(program: _Program, arguments: list[Node]) -> _Thing:
    mime, part = program.thing(arguments[0]), _Part()
    if isinstance(mime, _Mime):
        mime.parts.append(part)
    return part


def _set_part(name: str) -> _Function:
    def set_field(program: _Program, arguments: list[Node]) -> _Thing:
        value = program.value(arguments[1])
        setattr(program.part(arguments[0]), name, value)
        return None

    return set_field


def _set_part_file(program: _Program, arguments: list[Node]) -> _Thing:
    program.part(arguments[0]).data = file_content(program.value(arguments[1]))
    return None


def _open_file(program: _Program, arguments: list[Node]) -> _Thing:
    return file_content(program.value(arguments[0]))


def _same(program: _Program, arguments: list[Node]) -> _Thing:
    return program.value(arguments[0])


def _print(format_index: int) -> _Function:
    """``sprintf(text, format, …)``, ``snprintf(text, size, format, …)``."""

    def print_into(program: _Program, arguments: list[Node]) -> _Thing:
        template = program.value(arguments[format_index])
        values = [program.value(argument) for argument in arguments[format_index + 1 :]]
        printed = formatted(template, values) if isinstance(template, str) else None
        program.variables[_declared_name(arguments[0])] = (
            program.source.unknown(arguments[format_index]) if printed is None else printed
        )
        return None

    return print_into


def _copy(program: _Program, arguments: list[Node]) -> _Thing:
    program.variables[_declared_name(arguments[0])] = program.value(arguments[1])
    return None


def _append(program: _Program, arguments: list[Node]) -> _Thing:
    joined = concatenated(program.value(arguments[0]), program.value(arguments[1]))
    program.variables[_declared_name(arguments[0])] = joined
    return None


_Function: TypeAlias = Callable[[_Program, list[Node]], _Thing]

FUNCTIONS: dict[str, tuple[int, _Function | None]] = {
    "curl_easy_init": (0, _initialise),
    "curl_easy_setopt": (3, _set_option),
    "curl_easy_perform": (1, _perform),
    "curl_easy_reset": (1, _reset),
    "curl_easy_escape": (3, _escape),
    "curl_escape": (2, _escape),
    "curl_slist_append": (2, _append_line),
    "curl_mime_init": (0, _begin_parts),
    "curl_mime_addpart": (1, _add_part),
    "curl_mime_name": (2, _set_part("name")),
    "curl_mime_data": (2, _set_part("data")),
    "curl_mime_filename": (2, _set_part("filename")),
    "curl_mime_type": (2, _set_part("type")),
    "curl_mime_filedata": (2, _set_part_file),
    "fopen": (1, _open_file),
    "strdup": (1, _same),
    "strcpy": (2, _copy),
    "strncpy": (2, _copy),
    "strcat": (2, _append),
    "strncat": (2, _append),
    "sprintf": (2, _print(1)),
    "asprintf": (2, _print(1)),
    "snprintf": (3, _print(2)),
}
"""The functions whose doing is known, and how many arguments they need."""

_ASSIGNMENTS = {
    "init_declarator": ("declarator", "value"),
    "assignment_expression": ("left", "right"),
    "preproc_def": ("name", "value"),
}
_CONSTANTS: dict[str, Value] = {"null": None, "true": True, "false": False}

_macro_token = re.compile(r'"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|\S', re.DOTALL | re.ASCII)


def _arguments(call: Node) -> list[Node]:
    arguments = call.child_by_field_name("arguments")
    return [] if arguments is None else operands(arguments)


def _operands(node: Node) -> list[Node]:
    """What is put together: literals side by side, or joined by any number of “+”."""
    if node.type == "concatenated_string":
        return operands(node)
    right: list[Node] = []
    while node.type == "binary_expression" and operator_of(node) == "+":
        left, *_, last = operands(node)
        right.append(last)
        node = left
    return [node, *reversed(right)]


def _declared_name(node: Node | None) -> str:
    """The name behind ``*name``, ``name[]``, ``&name``; nothing where it is no plain variable."""
    while node is not None and node.type != "identifier":
        if node.type not in ("pointer_declarator", "array_declarator", "pointer_expression"):
            return ""
        node = node.named_children[0] if node.named_children else None
    return "" if node is None else text(node)

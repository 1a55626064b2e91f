"""A document's operations, one after the other; a bad one costs only itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.errors import CallwrightError, OperationError, UnknownNameError
from core.media_type import is_media_type
from core.openapi import swagger2
from core.openapi.document import Document
from core.openapi.operation import (
    PLACES,
    Alternative,
    Dropped,
    MediaType,
    Operation,
    Parameter,
    Place,
    Server,
)
from core.openapi.reference import pointer, pointer_tokens
from core.openapi.security import alternatives
from core.openapi.server import servers_of
from core.request import JSON_MEDIA_TYPE, MULTIPART_MEDIA_TYPE, Json, is_token

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

_DEFAULT_STYLES: dict[str, str] = {
    "path": "simple",
    "query": "form",
    "header": "simple",
    "cookie": "form",
}
_KEPT_ELSEWHERE = frozenset({"cookie", "content-type", "content-length", "host"})
_EXAMPLES = frozenset({"example", "examples", "x-example", "x-examples"})
_IGNORED_IN_3 = frozenset({"accept", "authorization"})
_word = re.compile(r"[A-Za-z0-9]+")


def operations(document: Document) -> Iterator[Operation | Dropped]:
    """Every operation in document order; those that cannot be read as ``Dropped`` with the
    reason.
    """
    try:
        paths = raw_paths(document)
    except CallwrightError as error:
        yield Dropped("paths", pointer("paths"), str(error))
        return
    reader = PathReader(document)
    for path, raw in paths.items():
        yield from reader.path_item(path, raw)


def raw_paths(document: Document) -> dict[str, Json]:
    """The path items of a document as they are written, by path key. Raises ``CallwrightError``."""
    paths = document.resolve(document.root.get("paths"))
    if not isinstance(paths, dict):
        return {}
    return {path: raw for path, raw in paths.items() if not path.startswith("x-")}


def find_operation(document: Document, label: str) -> Operation:
    """The operation that a person named: ``GET /pets/{petId}``, its operation id, or its pointer.

    Raises ``OperationError`` for one that was dropped, ``UnknownNameError`` for one that is not
    there.
    """
    wanted = " ".join(label.split())
    method, _, rest = wanted.partition(" ")
    canonical = f"{method.upper()} {rest}" if rest else wanted
    labels: list[str] = []
    for found in operations(document):
        if isinstance(found, Dropped):
            if canonical in (found.where, found.pointer):
                raise OperationError(f"{found.where} cannot be used: {found.reason}")
        elif (
            canonical in (found.label, found.operation_id, found.pointer)
            or wanted == found.operation_id
        ):
            return found
        else:
            labels.append(found.label)
    raise UnknownNameError("operation", label, labels)


def operation_at(document: Document, at: str) -> Operation:
    """The operation at a JSON pointer, without reading the others.

    Raises ``OperationError`` where it was dropped or is not there.
    """
    _, path, _ = [*pointer_tokens(at), "", "", ""][:3]
    paths = document.root.get("paths")
    if isinstance(paths, dict) and path in paths:
        for found in PathReader(document).path_item(path, paths[path]):
            if found.pointer == at and isinstance(found, Operation):
                return found
            if isinstance(found, Dropped) and found.pointer in (at, pointer("paths", path)):
                raise OperationError(f"{found.where} cannot be used: {found.reason}")
    raise OperationError(f"{document.name} has no operation at {at}. Choose one of its list.")


@dataclass
class _PathItem:
    path: str
    pointer: str
    raw: dict[str, Json]
    parameters: list[Parameter]
    body_parameters: list[tuple[dict[str, Json], str]]
    servers: tuple[Server, ...]
    warnings: list[str] = field(default_factory=list)


class PathReader:
    """Reads operations of one document, remembering what many of them share."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.is_swagger = document.is_swagger
        self.servers = servers_of(document)
        self.shared_parameters: dict[str, Parameter | str] = {}
        self.root_security: tuple[tuple[Alternative, ...], list[str]] | None = None

    def path_item(self, path: str, raw: Json) -> Iterator[Operation | Dropped]:
        """The operations of a path item, in its order."""
        at = pointer("paths", path)
        try:
            raw = self._merged_path_item(raw)
            item = self._shared_by_path(path, at, raw)
        except CallwrightError as error:
            yield Dropped(path, at, str(error))
            return
        for method, raw_operation in raw.items():
            if method.lower() not in METHODS or method.startswith("x-"):
                continue
            yield self._operation_or_dropped(item, method, raw_operation)

    def _merged_path_item(self, raw: Json) -> dict[str, Json]:
        """A path item with what its ``$ref`` brings laid under its own members (3.1 section
        4.8.9).
        """
        if isinstance(raw, dict) and "$ref" in raw:
            target = self.document.resolve(raw)
            own = {name: value for name, value in raw.items() if name != "$ref"}
            raw = {**target, **own} if isinstance(target, dict) else target
        if not isinstance(raw, dict):
            raise OperationError(
                f"The path item is not an object but {_kind(raw)}. Give it operations such as "
                f"“get”."
            )
        return raw

    def _shared_by_path(self, path: str, at: str, raw: dict[str, Json]) -> _PathItem:
        item = _PathItem(path, at, raw, [], [], self.servers)
        self._read_parameters(
            raw.get("parameters"), at, item.parameters, item.body_parameters, item.warnings
        )
        if "servers" in raw:
            item.servers = servers_of(self.document, raw["servers"])
        return item

    def _operation_or_dropped(self, item: _PathItem, method: str, raw: Json) -> Operation | Dropped:
        """The one boundary at which an unreadable operation becomes a counted row."""
        at = f"{item.pointer}/{method}"
        try:
            return self._operation(item, method, raw, at)
        except CallwrightError as error:
            return Dropped(f"{method.upper()} {item.path}", at, str(error))
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
            return Dropped(
                f"{method.upper()} {item.path}",
                at,
                f"Its description is malformed ({error}). Correct it.",
            )

    def _operation(self, item: _PathItem, method: str, raw: Json, at: str) -> Operation:
        raw = self.document.resolve(raw)
        if not isinstance(raw, dict):
            raise OperationError(f"The operation is not an object but {_kind(raw)}.")
        warnings = list(item.warnings)
        own: list[Parameter] = []
        own_body: list[tuple[dict[str, Json], str]] = []
        if "parameters" in raw:
            self._read_parameters(raw["parameters"], at, own, own_body, warnings)
        media_types, required = self._body(raw, at, item.body_parameters, own_body, warnings)
        return Operation(
            document=self.document,
            pointer=at,
            method=method.upper(),
            path=item.path,
            operation_id=_text(raw.get("operationId")) or made_operation_id(method, item.path),
            summary=_text(raw.get("summary")) or _text(item.raw.get("summary")),
            description=_text(raw.get("description")) or _text(item.raw.get("description")),
            tags=tuple(str(tag) for tag in raw["tags"])
            if isinstance(raw.get("tags"), list)
            else (),
            parameters=_merged(item.parameters, own),
            media_types=tuple(media_types),
            body_required=required,
            servers=servers_of(self.document, raw["servers"], item.raw.get("servers"))
            if "servers" in raw
            else item.servers,
            security=self._security(raw, warnings),
            deprecated=raw.get("deprecated") is True,
            warnings=tuple(warnings),
            raw=raw,
        )

    def _security(self, raw: dict[str, Json], warnings: list[str]) -> tuple[Alternative, ...]:
        if isinstance(raw.get("security"), list):
            return alternatives(self.document, raw["security"], warnings)
        if self.root_security is None:
            found: list[str] = []
            self.root_security = (
                alternatives(self.document, self.document.root.get("security"), found),
                found,
            )
        warnings += self.root_security[1]
        return self.root_security[0]

    def _read_parameters(
        self,
        raw: Json,
        at: str,
        parameters: list[Parameter],
        body: list[tuple[dict[str, Json], str]],
        warnings: list[str],
    ) -> None:
        """Sorts a ``parameters`` list into parameters and, for 2.0, the raw ones that make the
        body.
        """
        if raw is None:
            return
        if not isinstance(raw, list):
            raise OperationError(f"Its “parameters” is not a list but {_kind(raw)}.")
        for index, written in enumerate(raw):
            reference = written.get("$ref") if isinstance(written, dict) else None
            found = self.shared_parameters.get(reference) if isinstance(reference, str) else None
            if found is None:
                resolved = self.document.resolve(written)
                where = (
                    _reference_pointer(reference)
                    if isinstance(reference, str)
                    else f"{at}/parameters/{index}"
                )
                if (
                    self.is_swagger
                    and isinstance(resolved, dict)
                    and resolved.get("in") in ("body", "formData")
                ):
                    body.append((resolved, where))
                    continue
                found = self._parameter(resolved, where)
                if isinstance(reference, str):
                    self.shared_parameters[reference] = found
            if isinstance(found, str):
                warnings.append(found)
            else:
                parameters.append(found)

    def _parameter(self, raw: Json, at: str) -> Parameter | str:
        """A parameter, or the sentence that says why it is left out."""
        if not isinstance(raw, dict):
            return f"The parameter at {at} is not an object but {_kind(raw)}; left out."
        name, place = raw.get("name"), raw.get("in")
        if not isinstance(name, str) or not name or place not in PLACES:
            return f"The parameter at {at} has no usable “name” and “in”; left out."
        if place == "header" and (name.lower() in _KEPT_ELSEWHERE or not is_token(name)):
            return f"The header parameter “{name}” is left out: the rest says it, or it is no name."
        required = raw.get("required") is True or place == "path"
        if place == "header" and name.lower() in _IGNORED_IN_3 and not self.is_swagger:
            required = False  # "SHALL be ignored" (3.1 section 4.8.12.1): kept as an offer
        schema, media_type, content = self._parameter_schema(raw)
        style, explode = self._style(raw, place)
        return Parameter(
            name=name,
            place=place,
            required=required,
            schema=schema,
            style=style,
            explode=explode,
            pointer=at,
            allow_reserved=raw.get("allowReserved") is True,
            media_type=media_type,
            examples=self._examples(raw, content),
            description=_text(raw.get("description")),
            deprecated=raw.get("deprecated") is True,
        )

    def _parameter_schema(self, raw: dict[str, Json]) -> tuple[Any, str | None, dict[str, Json]]:
        if self.is_swagger:
            return swagger2.parameter_schema(raw), None, {}
        content = raw.get("content")
        if isinstance(content, dict) and content:
            name, media_type = next(iter(content.items()))
            media_type = self.document.resolve(media_type)
            media_type = media_type if isinstance(media_type, dict) else {}
            return _schema(media_type.get("schema")), name, media_type
        return _schema(raw.get("schema")), None, {}

    def _style(self, raw: dict[str, Json], place: Place) -> tuple[str, bool]:
        if self.is_swagger:
            return swagger2.style(raw, place)
        written, explode = raw.get("style"), raw.get("explode")
        style = written if isinstance(written, str) else _DEFAULT_STYLES[place]
        return style, explode if isinstance(explode, bool) else style in ("form", "deepObject")

    def _examples(self, *holders: dict[str, Json]) -> tuple[Json, ...]:
        return tuple(
            example
            for raw in holders
            if not _EXAMPLES.isdisjoint(raw)
            for example in self._examples_in(raw)
        )

    def _examples_in(self, raw: dict[str, Json]) -> Iterator[Json]:
        if "example" in raw:
            yield raw["example"]
        for name in ("examples", "x-examples") if self.is_swagger else ("examples",):
            examples = raw.get(name)
            if isinstance(examples, list):  # as a schema has them, and some documents elsewhere
                yield from examples
            for example in examples.values() if isinstance(examples, dict) else ():
                example = self.document.resolve(example)
                if isinstance(example, dict) and "value" in example:
                    yield example["value"]
        if self.is_swagger and "x-example" in raw:
            yield raw["x-example"]

    def _body(
        self,
        raw: dict[str, Json],
        at: str,
        shared: list[tuple[dict[str, Json], str]],
        own: list[tuple[dict[str, Json], str]],
        warnings: list[str],
    ) -> tuple[list[MediaType], bool]:
        if self.is_swagger:
            named = {_form_field(body): (body, where) for body, where in shared + own}
            consumes = raw["consumes"] if "consumes" in raw else self.document.root.get("consumes")
            listed, required = swagger2.media_types(named.values(), consumes)
        else:
            listed, required = self._request_body(raw.get("requestBody"), at)
        return _usable(listed, warnings), required

    def _request_body(self, written: Json, at: str) -> tuple[list[MediaType], bool]:
        raw = self.document.resolve(written)
        if not isinstance(raw, dict):
            return [], False
        reference = written.get("$ref")
        where = _reference_pointer(reference) if isinstance(reference, str) else f"{at}/requestBody"
        content = raw.get("content")
        found = []
        for name, media_type in (content if isinstance(content, dict) else {}).items():
            media_type = self.document.resolve(media_type)
            media_type = media_type if isinstance(media_type, dict) else {}
            encoding = media_type.get("encoding")
            found.append(
                MediaType(
                    name=name,
                    schema=_schema(media_type.get("schema")),
                    pointer=f"{where}{pointer('content', name)}",
                    examples=self._examples(media_type),
                    encoding=encoding if isinstance(encoding, dict) else {},
                )
            )
        return found, raw.get("required") is True


def _form_field(raw: dict[str, Json]) -> str:
    """The name of a ``formData`` parameter; empty for a ``body``, of which there is only one."""
    return str(raw.get("name")) if raw.get("in") == "formData" else ""


def made_operation_id(method: str, path: str) -> str:
    """An operation id from method and path: ``get`` ``/pets/{petId}`` → ``get_pets_petId``."""
    return "_".join([method.lower(), *_word.findall(path)])


def _usable(listed: list[MediaType], warnings: list[str]) -> list[MediaType]:
    """Ranges such as ``*/*`` become JSON; what is no media type is left out with a warning."""
    usable: dict[str, MediaType] = {}
    for media_type in listed:
        name = media_type.name.strip()
        if not is_media_type(name):
            warnings.append(f"“{name}” is not a media type; taken as {JSON_MEDIA_TYPE}.")
            name = JSON_MEDIA_TYPE
        elif "*" in name:
            name = _of_range(name)
        if name != media_type.name:
            media_type = MediaType(
                name,
                media_type.schema,
                media_type.pointer,
                media_type.examples,
                media_type.encoding,
            )
        usable.setdefault(name, media_type)
    return list(usable.values())


def _of_range(name: str) -> str:
    main = name.partition("/")[0]
    return {
        "text": "text/plain",
        "image": "image/png",
        "audio": "audio/mpeg",
        "video": "video/mp4",
        "multipart": MULTIPART_MEDIA_TYPE,
    }.get(main, JSON_MEDIA_TYPE)


def _merged(shared: list[Parameter], own: list[Parameter]) -> tuple[Parameter, ...]:
    """Path item parameters first; the operation's own replace those of the same name and
    place.
    """
    if not shared and len(own) < 2:
        return tuple(own)
    merged: dict[tuple[str, str], Parameter] = {}
    for parameter in (*shared, *own):
        name = parameter.name.lower() if parameter.place == "header" else parameter.name
        merged[name, parameter.place] = parameter
    return tuple(merged.values())


def _reference_pointer(reference: str) -> str:
    """A reference as the pointer that findings show: the file is named where it is another one."""
    return reference[1:] if reference.startswith("#/") else reference


def _schema(raw: Json) -> Any:
    return raw if isinstance(raw, dict | bool) else {}


def _text(value: Json) -> str:
    return value.strip() if isinstance(value, str) else ""


def _kind(value: Json) -> str:
    return {list: "a list", str: "a text", type(None): "nothing", bool: "true or false"}.get(
        type(value), "a number"
    )

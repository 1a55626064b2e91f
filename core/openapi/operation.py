"""What a document says of one operation, in one shape for all versions of OpenAPI.

Schemas stay as they are written, references included: whoever looks into one resolves it through
``operation.document``. Objects compare by identity; an operation's lasting name is its ``key``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from core.openapi.document import Document
from core.request import Json

Place = Literal["path", "query", "header", "cookie"]
PLACES: tuple[Place, ...] = ("path", "query", "header", "cookie")

Schema = dict[str, Json] | bool
"""A Schema Object as written; ``True`` allows everything (JSON Schema 2020-12)."""


@dataclass(frozen=True, eq=False, slots=True)
class Parameter:
    """A named value outside the body (Parameter Object; 2.0's shapes are translated)."""

    name: str
    place: Place
    required: bool
    schema: Schema
    style: str
    explode: bool
    pointer: str
    """Where the document declares it."""
    allow_reserved: bool = False
    media_type: str | None = None
    """Set where the value is serialised as ``content``, not by a style."""
    examples: tuple[Json, ...] = ()
    """As the document gives them, best first, unchecked."""
    description: str = ""
    deprecated: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class MediaType:
    """One way to write the request body (Media Type Object)."""

    name: str
    """``application/json``, also where the document says ``*/*``."""
    schema: Schema
    pointer: str
    examples: tuple[Json, ...] = ()
    encoding: dict[str, Json] = field(default_factory=dict)
    """Encoding Objects by property, for forms and multipart."""


@dataclass(frozen=True, slots=True)
class Server:
    """A base URL, its variables filled with their defaults, relative ones resolved."""

    url: str
    template: str
    """As written, with ``{variables}``."""
    description: str = ""
    variables: tuple[ServerVariable, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """One ``{variable}`` of a server's template."""

    name: str
    default: str
    enum: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """One credential and where it goes (Security Scheme Object)."""

    name: str
    """Its key among the document's schemes."""
    kind: str
    """``apiKey``, ``http``, ``oauth2``, ``openIdConnect`` or ``mutualTLS``."""
    pointer: str
    scheme: str = ""
    """Of ``http``: ``basic``, ``bearer``, ``digest``, … in lower case."""
    place: str = ""
    """Of ``apiKey``: ``header``, ``query`` or ``cookie``."""
    parameter: str = ""
    """Of ``apiKey``: the name of the header, query parameter or cookie."""
    scopes: tuple[str, ...] = ()
    description: str = ""


Alternative = tuple[SecurityScheme, ...]
"""Credentials that are needed together; an empty one means that none is needed."""


@dataclass(frozen=True, slots=True)
class CodeSample:
    """Code for this operation that the document itself brings."""

    language: str
    label: str
    source: str


@dataclass(frozen=True, eq=False)
class Operation:
    """One method on one path: what ``GET /pets/{petId}`` can be asked to do."""

    document: Document = field(repr=False)
    pointer: str
    """JSON pointer of the operation in its document."""
    method: str
    path: str
    """The path template as written, with any ``?`` or ``#`` that real documents put there."""
    operation_id: str
    """As written, or made from method and path where the document gives none."""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    """The path item's first; the operation's own replace those of the same name and place."""
    media_types: tuple[MediaType, ...] = ()
    """Of the request body, in the document's order."""
    body_required: bool = False
    servers: tuple[Server, ...] = ()
    security: tuple[Alternative, ...] = ()
    """Any one of them lets a call in; none at all means that no credential is asked for."""
    deprecated: bool = False
    warnings: tuple[str, ...] = ()
    """What had to be left out or guessed to read this operation."""
    raw: dict[str, Json] = field(default_factory=dict, repr=False)

    @property
    def label(self) -> str:
        """What people read and type: ``GET /pets/{petId}``."""
        return f"{self.method} {self.path}"

    @property
    def template(self) -> str:
        """The part of ``path`` that is a path on the wire, with the slash that some forget."""
        return template_of(self.path)

    @property
    def template_query(self) -> str:
        """The query that ``path`` itself writes: ``action=sum`` of ``/items?action=sum#x``."""
        return self.path.partition("#")[0].partition("?")[2]

    @property
    def key(self) -> tuple[str, str]:
        """The operation's identity: its document's SHA-256 and its pointer."""
        return (self.document.sha256, self.pointer)

    @property
    def code_samples(self) -> list[CodeSample]:
        """Samples under ``x-codeSamples``, ``x-code-samples`` or ``x-sdk-operations``."""
        return list(_code_samples(self.raw))


@dataclass(frozen=True, slots=True)
class Dropped:
    """An operation or document that had to be left out, and why."""

    where: str
    """``GET /pets``, or the file's name."""
    pointer: str
    reason: str


def template_of(path: str) -> str:
    """What a path key writes of the path on the wire, with the slash that some forget."""
    template = path.partition("#")[0].partition("?")[0]
    return "/" + template if template and not template.startswith("/") else template


def _code_samples(raw: dict[str, Json]) -> Iterator[CodeSample]:
    for member in ("x-codeSamples", "x-code-samples"):
        samples = raw.get(member)
        for sample in samples if isinstance(samples, list) else ():
            if isinstance(sample, dict) and isinstance(sample.get("source"), str):
                yield CodeSample(
                    str(sample.get("lang", "")), str(sample.get("label", "")), sample["source"]
                )
    operations = raw.get("x-sdk-operations")
    examples = operations.get("request-examples") if isinstance(operations, dict) else None
    for language, samples in (examples if isinstance(examples, dict) else {}).items():
        for sample in samples if isinstance(samples, list) else ():
            if source := _sdk_source(sample):
                yield CodeSample(str(language), str(sample.get("name", "")), source)


def _sdk_source(sample: Json) -> str:
    """IBM's form: the source stands in ``source`` or in a list of ``example`` steps, by lines."""
    if not isinstance(sample, dict):
        return ""
    steps = sample.get("example") or [sample]
    texts: list[str] = []
    for step in steps if isinstance(steps, list) else [steps]:
        source = step.get("source") if isinstance(step, dict) else step
        texts.append("\n".join(map(str, source)) if isinstance(source, list) else str(source or ""))
    return "\n".join(text for text in texts if text)

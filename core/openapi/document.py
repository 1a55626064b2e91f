"""An OpenAPI document: one file, or an entry file and those that it refers to.

Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2. Nothing but the parsed text is kept; operations are listed on
demand by :mod:`core.openapi.listing`, schemas are looked at where a request needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from core.errors import DocumentError
from core.openapi.bundle import Bundle, bundle_of
from core.openapi.files import FileSet, read_path, read_upload
from core.openapi.reference import References
from core.openapi.syntax import parse, parse_value
from core.request import Json


class Document:
    """One parsed OpenAPI document. Safe to share between threads: it is only read."""

    def __init__(
        self,
        root: dict[str, Json],
        *,
        name: str = "document",
        sha256: str = "",
        references: References | None = None,
        url: str | None = None,
    ) -> None:
        """``url`` is where the document came from; relative servers resolve against it.

        Raises ``DocumentError`` where the root is not that of an OpenAPI document.
        """
        self.root = root
        self.name = name
        self.sha256 = sha256
        self.url = url
        self.version = _version(root, name)
        self.derived: dict[type, Any] = {}
        """What is worked out of it once, and must not outlive it: by its type."""
        self.references = references or References(
            name, root, has_ids=self.version in ("3.1", "3.2") and _mentions_ids(root)
        )

    @property
    def is_swagger(self) -> bool:
        """Whether this is Swagger 2.0, whose parameters and bodies have another shape."""
        return self.version == "2.0"

    @property
    def has_sibling_keywords(self) -> bool:
        """Whether keywords beside a ``$ref`` count, as they do in JSON Schema 2020-12."""
        return self.version not in ("2.0", "3.0")

    @cached_property
    def title(self) -> str:
        """The API's name, or the file's name where the document gives none."""
        return self._info("title") or Path(self.name).stem

    @cached_property
    def api_version(self) -> str:
        """The version of the API itself, as written."""
        return self._info("version")

    @cached_property
    def description(self) -> str:
        """What the API is for, as Markdown from a stranger."""
        return self._info("description")

    def resolve(self, value: Json) -> Json:
        """The object itself, or what its ``$ref`` leads to. Raises ``DanglingReferenceError``."""
        if type(value) is dict and "$ref" in value:
            return self.references.resolve(value)
        return value

    def _info(self, member: str) -> str:
        info = self.root.get("info")
        value = info.get(member) if isinstance(info, dict) else None
        return str(value).strip() if isinstance(value, str | int | float) else ""


def read_document(source: str | Path) -> Document:
    """The document in a file, a folder or a zip on this machine; of several, the first.

    Raises ``DocumentError``.
    """
    return next(documents_of(read_path(Path(source))))


def read_documents(source: str | Path) -> Iterator[Document]:
    """Every document in a file, folder or zip on this machine. Raises ``DocumentError``."""
    return documents_of(read_path(Path(source)))


def upload_document(name: str, data: bytes) -> Document:
    """The document in uploaded bytes, a zip included. Raises ``DocumentError``."""
    return next(documents_of(read_upload(name, data)))


def documents_of(files: FileSet) -> Iterator[Document]:
    """Each OpenAPI document of a set of files, one parsed at a time. Raises ``DocumentError``."""
    for entry in files.entries():
        yield document_of(files, entry)


def document_of(files: FileSet, entry: str) -> Document:
    """One document of a set, by the name that ``entries()`` gives it. Raises ``DocumentError``."""
    return bundled_document(bundle_of(files, entry))


def bundled_document(
    bundle: Bundle, converted: bytes | None = None, url: str | None = None
) -> Document:
    """The document in a bundle, from what ``convert`` made of it where that is at hand.

    ``url`` is where it came from. Raises ``DocumentError``.
    """
    parsed: dict[str, Json] = orjson.loads(converted) if converted else {}

    def read(name: str) -> Json:
        return parsed[name] if name in parsed else parse_value(bundle.files[name], name)

    root = parsed.get(bundle.entry) or parse(bundle.files[bundle.entry], bundle.entry)
    references = References(
        bundle.entry,
        root,
        names=bundle.files,
        read=read,
        has_ids=b"$id" in (converted or bundle.data),
    )
    return Document(root, name=bundle.entry, sha256=bundle.sha256, references=references, url=url)


def _version(root: Any, name: str) -> str:
    if not isinstance(root, dict):
        raise DocumentError(
            f"{name}: an OpenAPI document is an object at its top, this is a {type(root).__name__}."
        )
    if str(root.get("swagger", "")).startswith("2"):
        return "2.0"
    written = str(root.get("openapi", ""))
    for known in ("3.0", "3.1", "3.2"):
        if written == known or written.startswith(known + "."):
            return known
    if written or "swagger" in root:
        raise DocumentError(
            f"{name}: version {written or root.get('swagger')} is not one that can be read here "
            "(Swagger 2.0, OpenAPI 3.0, 3.1, 3.2). Convert the document, or correct its "
            "“openapi” member."
        )
    raise DocumentError(
        f"{name}: no “openapi” or “swagger” member at the top, so this is not an OpenAPI document. "
        "Choose the file that begins with it; upload files that belong together as one zip."
    )


def _mentions_ids(root: Json) -> bool:
    pending = [root]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            if isinstance(value.get("$id"), str):
                return True
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    return False

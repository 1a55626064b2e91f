"""The files that came together, and which of them are OpenAPI documents.

>>> files = read_upload("petstore.yaml", b"openapi: 3.1.0")
>>> files.entry, dict(files)
('petstore.yaml', {'petstore.yaml': b'openapi: 3.1.0'})

A set is what a person gave: one file, a zip or a folder. A ``$ref`` reaches the files of its set
and nothing else.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import orjson

from core.errors import DocumentError
from core.openapi.contents import (
    Contents,
    folder_contents,
    read_head,
    single_file,
    zip_contents,
)
from core.openapi.limits import LIMITS, Limits
from core.openapi.syntax import as_utf8, check_size, parse
from core.wire import shorten

_HEAD = 4096
"""Bytes that settle most files: their first key is “openapi” or “swagger”."""
_DOCUMENT_SUFFIXES = frozenset({".json", ".yaml", ".yml", ".oas", ".openapi", ".txt", ""})
_USUAL_STEMS = frozenset({"openapi", "swagger", "index"})

_KEY = rb"[\"']?(?:openapi|swagger)[\"']?[ \t]*:[ \t]*[\"']?\d"
_begins_with_key = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{?\s*" + _KEY).match
_has_key_at_line_start = re.compile(rb"^" + _KEY, re.MULTILINE).search
_has_key = re.compile(_KEY).search
_begins_with_brace = re.compile(rb"\s*\{").match
_references = re.compile(
    rb"\$ref[\"']?\s*:\s*(?:\"([^\"#]+)|'([^'#]+)|([^\s\"'#,{}\[\]][^\"'#,{}\[\]\n]*))"
).findall
_values_that_are_files = re.compile(
    rb":\s*(?:\"([^\"#]+\.(?:json|ya?ml))|'([^'#]+\.(?:json|ya?ml))"
    rb"|([^\s\"'#,{}\[\]]+\.(?:json|ya?ml)))\b"
).findall
"""Also what a discriminator's mapping names: no reference, and followed all the same."""

_Find = Callable[[bytes], list[tuple[bytes, ...]]]


class FileSet(Mapping[str, bytes]):
    """Files by their relative names (``schemas/pet.yaml``), read when they are asked for.

    Reading one raises ``DocumentError`` if it is too large or cannot be read.
    """

    def __init__(self, name: str, contents: Contents, limits: Limits = LIMITS) -> None:
        self.name = name
        """Of the file, zip or folder that was given, for messages."""
        self._contents = contents
        self._limits = limits

    def __getitem__(self, name: str) -> bytes:
        size = self._contents.sizes[name]
        check_size(size, name, "a file", self._limits.max_json_bytes)
        return self._contents.read(name, size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents.sizes)

    def __len__(self) -> int:
        return len(self._contents.sizes)

    @property
    def ignored(self) -> Mapping[str, str]:
        """Why a file is not in the set, by its name."""
        return self._contents.ignored

    @property
    def entry(self) -> str:
        """The OpenAPI document of the set; of several, the first. Raises ``DocumentError``."""
        return self.entries()[0]

    def size(self, name: str) -> int:
        """Bytes of a file, as its zip or folder says."""
        return self._contents.sizes[name]

    def reach(self, entry: str) -> tuple[str, ...]:
        """A document's file and all those of the set that it leads to, the document's first."""
        if len(self) == 1:
            return (entry,)
        return (entry, *sorted(self._reach(entry, {}, _values_that_are_files, _references)))

    def entries(self) -> tuple[str, ...]:
        """The OpenAPI documents that stand for themselves: no other one refers to them.

        Usual names and short paths come first. Raises ``DocumentError`` where there is none.
        """
        return self._entries

    @cached_property
    def _entries(self) -> tuple[str, ...]:
        if len(self) == 1:
            return tuple(self)
        documents = sorted((name for name in self if self._is_document(name)), key=_rank)
        if not documents:
            raise DocumentError(
                f"{self.name} holds no OpenAPI document: none of its {len(self)} files has "
                f"“openapi” or “swagger” at its top. {self._left_out()}Add the file that does."
            )
        return self._independent(documents)

    def _left_out(self) -> str:
        """The first file that was passed over, in a sentence: it may be the one that is missed."""
        for name, reason in self.ignored.items():
            return f"{shorten(name)} was left out: {reason}. "
        return ""

    def _is_document(self, name: str) -> bool:
        """Told by the text where it can be; a file is parsed only where the key comes late."""
        if posixpath.splitext(name)[1].lower() not in _DOCUMENT_SUFFIXES:
            return False
        size = self._contents.sizes[name]
        head = self._contents.read(name, min(size, _HEAD))
        if _begins_with_key(head):
            return True
        if size > self._limits.max_json_bytes:
            return False
        try:
            data = as_utf8(head if size <= _HEAD else self[name], name)
        except DocumentError:
            return False  # not text, so no document
        if not _begins_with_brace(data):
            return _has_key_at_line_start(data) is not None
        return _has_key(data) is not None and self._has_key_at_top(data, name)

    def _has_key_at_top(self, data: bytes, name: str) -> bool:
        try:
            root = parse(data, name, self._limits)
        except DocumentError:
            return True  # whoever opens it learns where it is broken
        return "openapi" in root or "swagger" in root

    def _independent(self, documents: list[str]) -> tuple[str, ...]:
        """Documents that no other one reaches; of a circle, the first."""
        if len(documents) == 1:
            return tuple(documents)
        targets: dict[str, set[str]] = {}
        reached = {name: self._reach(name, targets, _references) for name in documents}
        referred_to = set().union(*reached.values())
        covered: set[str] = set()
        entries = []
        for name in sorted(documents, key=lambda name: name in referred_to):
            if name not in covered:
                entries.append(name)
                covered |= reached[name]
        return tuple(sorted(entries, key=_rank))

    def _reach(self, start: str, targets: dict[str, set[str]], *patterns: _Find) -> set[str]:
        """The files that a file leads to, itself left out; ``targets`` keeps what was read."""
        seen = {start}
        pending = [start]
        while pending:
            name = pending.pop()
            if name not in targets:
                targets[name] = self._targets(name, patterns)
            found = targets[name] - seen
            seen |= found
            pending += found
        return seen - {start}

    def _targets(self, name: str, patterns: Iterable[_Find]) -> set[str]:
        """The files of the set that a file names at such places."""
        try:
            data = as_utf8(self[name], name)
        except DocumentError:
            return set()  # whoever opens it learns why
        written = {_written(*groups) for find in patterns for groups in set(find(data))}
        return {target for reference in written if (target := _resolve(reference, name)) in self}


def read_path(path: Path, limits: Limits = LIMITS) -> FileSet:
    """The set in a folder, a zip or a single file on this machine. Raises ``DocumentError``."""
    if path.is_dir():
        return FileSet(str(path), folder_contents(path, limits), limits)
    if not path.exists():
        raise DocumentError(f"There is no file or folder {path}. Check the spelling.")
    check_size(path.stat().st_size, path.name, "an upload", limits.max_unpacked_bytes)
    return read_upload(path.name, read_head(path.resolve(), limits.max_unpacked_bytes), limits)


def read_upload(name: str, data: bytes, limits: Limits = LIMITS) -> FileSet:
    """The set in uploaded bytes: what a zip holds, or the one file. Raises ``DocumentError``."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1] or "document"
    check_size(len(data), name, "an upload", limits.max_unpacked_bytes)
    if data[257:262] == b"ustar":
        raise DocumentError(f"{name} is a tar archive. Pack the files as a zip, or unpack them.")
    if data.startswith(b"PK") or name.lower().endswith(".zip"):
        return FileSet(name, zip_contents(name, data, limits), limits)
    return FileSet(name, single_file(name, data), limits)


def _rank(name: str) -> tuple[bool, int, str]:
    stem = posixpath.splitext(posixpath.basename(name))[0].lower()
    return stem not in _USUAL_STEMS, name.count("/"), name


def _written(double: bytes, single: bytes, plain: bytes) -> str:
    """The reference in one of the three ways to write a text; JSON writers escape slashes."""
    if b"\\" in double:
        try:
            return str(orjson.loads(b'"%s"' % double))
        except orjson.JSONDecodeError:
            return ""
    return (double or single or plain.rstrip()).decode(errors="replace")


def _resolve(reference: str, base: str) -> str:
    """The name that a reference in a file means."""
    path = unquote(reference)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))

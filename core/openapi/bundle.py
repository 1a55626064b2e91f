"""One document as bytes that always come out the same: what its hash names and a workspace keeps.

A document in one file is that file. One that refers to others is a zip in normal form: its own file
first, then those that it leads to, in order of their names, not compressed and without dates. So
the same files give the same hash, whatever packed them, and a file that nobody refers to changes
nothing.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import orjson

from core.errors import DocumentError
from core.openapi.files import FileSet, read_upload
from core.openapi.syntax import parse, parse_value
from core.request import Json


@dataclass(frozen=True)
class Bundle:
    """The bytes of one document."""

    entry: str
    """The name of the document's own file."""
    data: bytes
    num_files: int = 1

    @cached_property
    def sha256(self) -> str:
        """The document's identity, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The files by their names. Raises ``DocumentError`` where the bytes are damaged."""
        if self.num_files == 1:
            return {self.entry: self.data}
        return read_upload(f"{self.entry}.zip", self.data)


def bundle_of(files: FileSet, entry: str) -> Bundle:
    """A document of a set with all that it leads to. Raises ``DocumentError``."""
    names = files.reach(entry)
    if len(names) == 1:
        return Bundle(entry, files[entry])
    folder = _common_folder(names)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for name in names:
            member = zipfile.ZipInfo(name.removeprefix(folder))
            member.create_system = 3  # else the machine's own, and with it another hash
            packed.writestr(member, files[name])
    return Bundle(entry.removeprefix(folder), target.getvalue(), len(names))


def stored_bundle(name: str, data: bytes, num_files: int) -> Bundle:
    """The bundle that bytes were; ``name`` is that of a document in one file.

    Raises ``DocumentError`` where the bytes are damaged.
    """
    bundle = Bundle(name, data, num_files)
    return bundle if num_files == 1 else replace(bundle, entry=next(iter(bundle.files)))


def convert(bundle: Bundle) -> bytes | None:
    """The parsed files of a bundle as one JSON object by name, which is read ten times faster than
    YAML; ``None`` where the bundle is one JSON file already.

    A file that cannot be parsed is left out: the document may never need it. Raises
    ``DocumentError`` where the document's own file cannot be.
    """
    if bundle.num_files == 1 and bundle.data.lstrip()[:1] == b"{":
        return None
    parsed = {bundle.entry: parse(bundle.files[bundle.entry], bundle.entry)}
    for name, data in bundle.files.items():
        if name != bundle.entry and (value := _parsed(name, data)) is not None:
            parsed[name] = value
    return orjson.dumps(parsed)


def _common_folder(names: Iterable[str]) -> str:
    """The folder that all of them lie in, with its slash: who packed it may have added one."""
    folder = posixpath.commonpath([posixpath.dirname(name) for name in names])
    return f"{folder}/" if folder else ""


def _parsed(name: str, data: bytes) -> Json:
    try:
        return parse_value(data, name)
    except DocumentError:
        return None

"""What a zip or a folder holds, listed without believing a word of it.

Nothing is ever written to disk: a zip stays in memory and its files are unpacked one at a time when
they are wanted, a folder's files are read when they are wanted. Names are relative, with ``/``,
and cannot leave the zip or the folder.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import DocumentError
from core.openapi.limits import Limits
from core.wire import shorten

_SMALL = 10_000_000
"""Bytes that may unpack from any ratio: a few repeated lines are no attack."""
_CENTRAL_HEADER = b"PK\x01\x02"
_ENCRYPTED = 0x1
_NAMED_IN_UTF8 = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What is unpacked piece by piece; Python unpacks bzip2 and LZMA whole, whatever comes out."""
_PASSED_OVER = frozenset({"__MACOSX", "node_modules", "Thumbs.db", "desktop.ini"})
_has_drive = re.compile(r"[A-Za-z]:").match


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of one upload or folder."""

    sizes: dict[str, int]
    """Bytes of each file by its name, unpacked."""
    ignored: dict[str, str]
    """Why a file is left out, by its name."""
    read: Callable[[str, int], bytes]
    """The first so many bytes of a file. Raises ``DocumentError``."""


def single_file(name: str, data: bytes) -> Contents:
    """One file that came alone."""
    return Contents({name: len(data)}, {}, lambda _, size: data[:size])


def zip_contents(archive: str, data: bytes, limits: Limits) -> Contents:
    """The files of a zip. ``DocumentError`` if broken, encrypted or an attack."""
    # The list of files is counted before it is read: a million names take a gigabyte as objects.
    if data.count(_CENTRAL_HEADER) > limits.max_files:
        raise _too_many(archive, limits)
    try:
        unpacked = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise _broken(archive, str(error)) from error
    members: dict[str, zipfile.ZipInfo] = {}
    ignored: dict[str, str] = {}
    for member in unpacked.infolist():
        written = _written_name(member)
        name = _inner_name(written, archive)
        if not name or written.endswith(("/", "\\")):
            continue  # a folder
        if reason := _is_out_of_place(name, member.external_attr >> 16):
            ignored[name] = reason
            continue
        if name in members:
            raise DocumentError(
                f"{archive} holds {shorten(name)} twice. Pack it again with one of them."
            )
        _check_packing(member, name, archive)
        members[name] = member
    sizes = {name: member.file_size for name, member in members.items()}
    _check_unpacked(sum(sizes.values()), len(data), archive, limits)
    return Contents(sizes, ignored, _zip_reader(unpacked, members, archive))


def folder_contents(folder: Path, limits: Limits) -> Contents:
    """The files under a folder; links are not followed, wherever they lead.

    Raises ``DocumentError`` where there are too many, or one cannot be listed.
    """
    sizes: dict[str, int] = {}
    ignored: dict[str, str] = {}
    for entry in _walk(folder):
        name = Path(entry.path).relative_to(folder).as_posix()
        status = entry.stat(follow_symlinks=False)
        if reason := _is_out_of_place(name, status.st_mode):
            ignored[name] = reason
        else:
            sizes[name] = status.st_size
        if len(sizes) + len(ignored) > limits.max_files:
            raise _too_many(str(folder), limits)
    return Contents(sizes, ignored, lambda name, size: read_head(folder / name, size))


def read_head(path: Path, size: int) -> bytes:
    """The first so many bytes of a file that is no link. Raises ``DocumentError``."""
    if path.is_symlink() or not path.is_file():
        raise DocumentError(f"{path} is no longer a plain file. Open the folder again.")
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}.") from error


def _walk(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Files and links below a folder, in order of their names; hidden folders are passed over."""
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            raise DocumentError(f"{here} cannot be listed: {error.strerror}.") from error
        yield from (entry for entry in entries if not entry.is_dir(follow_symlinks=False))
        pending += [
            Path(entry.path)
            for entry in reversed(entries)
            if entry.is_dir(follow_symlinks=False) and not _is_passed_over(entry.name)
        ]


def _is_passed_over(part: str) -> bool:
    return part.startswith(".") or part in _PASSED_OVER


def _is_out_of_place(name: str, mode: int) -> str:
    """Why a file of a set is left out, or nothing."""
    if any(_is_passed_over(part) for part in name.split("/")):
        return "hidden, or made by the system"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "a link or a device: not followed"
    if name.lower().endswith(".zip"):
        return "a zip within: unpack it first"
    return "" if name.isprintable() else "its name holds characters that cannot be shown"


def _written_name(member: zipfile.ZipInfo) -> str:
    """Packers that forget to say so write UTF-8 all the same; Python then reads it as CP437."""
    name = member.orig_filename
    if not member.flag_bits & _NAMED_IN_UTF8:
        with contextlib.suppress(UnicodeError):
            return name.encode("cp437").decode("utf-8")
    return name


def _inner_name(written: str, archive: str) -> str:
    name = written.replace("\\", "/")
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or "\0" in name or _has_drive(name):
        raise DocumentError(
            f"{archive}: the name {shorten(written)} leads out of the zip. "
            "Nothing was unpacked; pack the files again from within their folder."
        )
    return "/".join(part for part in parts if part not in ("", "."))


def _check_packing(member: zipfile.ZipInfo, name: str, archive: str) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise DocumentError(f"{archive}: {shorten(name)} is encrypted. Pack without a password.")
    if member.compress_type not in _METHODS:
        raise DocumentError(
            f"{archive}: {shorten(name)} is packed in a way that is not read here "
            "(only “stored” and “deflated” are). Pack it again as an ordinary zip."
        )


def _check_unpacked(unpacked: int, packed: int, archive: str, limits: Limits) -> None:
    if unpacked > limits.max_unpacked_bytes:
        raise DocumentError(
            f"{archive} unpacks to {unpacked / 1e6:,.0f} MB, and "
            f"{limits.max_unpacked_bytes / 1e6:,.0f} MB is the most. Pack only the documents."
        )
    if unpacked > _SMALL and unpacked > limits.max_ratio * packed:
        raise DocumentError(
            f"{archive} unpacks to {unpacked / packed:,.0f} times its size, as no real documents "
            "do. Nothing was unpacked."
        )


def _zip_reader(
    unpacked: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], archive: str
) -> Callable[[str, int], bytes]:
    def read(name: str, size: int) -> bytes:
        try:
            with unpacked.open(members[name]) as file:
                return file.read(size)  # never more than the declared size, which was checked
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise _broken(archive, f"{shorten(name)}: {error}") from error

    return read


def _broken(archive: str, problem: str) -> DocumentError:
    return DocumentError(f"{archive} is not a sound zip ({problem}). Pack or download it again.")


def _too_many(place: str, limits: Limits) -> DocumentError:
    return DocumentError(
        f"{place} holds more than {limits.max_files:,} files. Choose the folder of the documents."
    )

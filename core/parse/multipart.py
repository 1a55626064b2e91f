"""The parts of a multipart payload that code writes out by hand (RFC 2046, RFC 7578)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.parse.value import FileContent, Mixed, Unknown, Value, concatenated

_FILE_MARK = "\ue000"
"""Stands for a piece that is no text while the payload is split; nothing else may hold it."""

_name = re.compile(r'\bname="([^"]*)"')
_filename = re.compile(r'\bfilename="([^"]*)"')
_type = re.compile(r"^content-type:[ \t]*(.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)


class WrittenPart(NamedTuple):
    """A part as the payload writes it."""

    name: str
    value: Value
    filename: str | None
    media_type: str | None


def parts_of_payload(payload: Value, boundary: str) -> list[WrittenPart] | None:
    """The parts, or ``None`` where the payload is not what the boundary says."""
    pieces = _pieces(payload)
    if pieces is None:
        return None
    others = [piece for piece in pieces if not isinstance(piece, str)]
    text = "".join([piece if isinstance(piece, str) else _FILE_MARK for piece in pieces])
    if text.count(_FILE_MARK) != len(others):
        return None
    if "\r\n" not in text:
        text = text.replace("\n", "\r\n")  # written by hand, as people do; servers forgive it
    sections = f"\r\n{text}".split(f"\r\n--{boundary}")
    if len(sections) < 2 or not sections[-1].startswith("--"):
        return None
    remaining = iter(others)
    return [_part(section, remaining) for section in sections[1:-1]]


def _pieces(payload: Value) -> list[str | Unknown | FileContent] | None:
    if isinstance(payload, str | Unknown | FileContent):
        return [payload]
    return list(payload.pieces) if isinstance(payload, Mixed) else None


def _part(section: str, remaining: Iterator[Unknown | FileContent]) -> WrittenPart:
    head, _, content = section.removeprefix("\r\n").partition("\r\n\r\n")
    name, filename, media_type = _name.search(head), _filename.search(head), _type.search(head)
    return WrittenPart(
        name[1] if name else "",
        _content(content, remaining),
        filename[1] if filename else None,
        media_type[1] if media_type else None,
    )


def _content(text: str, remaining: Iterator[Unknown | FileContent]) -> Value:
    texts = text.split(_FILE_MARK)
    values: list[Value] = [texts[0]]
    for following in texts[1:]:
        values += [next(remaining), following]
    return concatenated(*values)

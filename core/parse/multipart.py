"""The parts of a multipart payload that code writes out by hand (RFC 2046, RFC 7578)."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.parse.value import Holes, Value

_name = re.compile(r'\bname="?((?<=")[^"]*|[^";\s]*)')
_filename = re.compile(r'\bfilename="?((?<=")[^"]*|[^";\s]*)')
_type = re.compile(r"^content-type:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


class PartHead(NamedTuple):
    """What the header of a part says of it."""

    name: Value
    filename: Value
    media_type: Value


class WrittenPart(NamedTuple):
    """A part as the payload writes it."""

    name: Value
    value: Value
    filename: Value
    media_type: Value


def parts_of_payload(payload: Value, boundary: Value) -> list[WrittenPart] | None:
    """The parts, or ``None`` where the payload is not what the boundary says."""
    holes = Holes()
    text = holes.text(payload)
    if "\r\n" not in text:
        text = text.replace("\n", "\r\n")  # written by hand, as people do; servers forgive it
    sections = f"\r\n{text}".split(f"\r\n--{holes.text(boundary)}")
    if len(sections) < 2 or not sections[-1].startswith("--"):
        return None
    return [_part(section, holes) for section in sections[1:-1]]


def part_head(text: str, holes: Holes) -> PartHead:
    """What the header lines of a part say; ``None`` where they say nothing."""
    name, filename, media_type = _name.search(text), _filename.search(text), _type.search(text)
    return PartHead(
        holes.value(name[1]) if name else None,
        holes.value(filename[1]) if filename else None,
        holes.value(media_type[1].strip(" \t")) if media_type else None,
    )


def _part(section: str, holes: Holes) -> WrittenPart:
    head, _, content = section.removeprefix("\r\n").partition("\r\n\r\n")
    name, filename, media_type = part_head(head, holes)
    return WrittenPart("" if name is None else name, holes.value(content), filename, media_type)

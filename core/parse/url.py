"""A URL that code puts together from its parts, each of which may be unknown.

>>> url = UrlParts.of("https://api.example.com/pets?tag=cat")
>>> url.query = "tag=dog"
>>> url.whole()
'https://api.example.com/pets?tag=dog'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.parse.value import Holes, Value, concatenated, pieces_of

_parts = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.\-]*)://([^/?#]*))?([^?#]*)(?:\?([^#]*))?").match
_not_in_path = re.compile(r"[%?#]")


@dataclass
class UrlParts:
    """The parts of a URL, as they stand in it."""

    scheme: Value = ""
    authority: Value = ""
    """Host and port."""
    path: Value = ""
    query: Value = None

    @classmethod
    def of(cls, url: Value) -> UrlParts:
        """The parts of a URL; all is path where its beginning is unknown."""
        holes = Holes()
        found = _parts(holes.text(url).strip())
        scheme, authority, path, query = found.groups() if found else (None, None, "", None)
        return cls(
            scheme or "",
            holes.value(authority or ""),
            holes.value(path),
            None if query is None else holes.value(query),
        )

    def whole(self) -> Value:
        """The whole URL."""
        start = [self.scheme, "://"] if self.scheme != "" else []
        end = ["?", self.query] if self.query not in (None, "") else []
        return concatenated(*start, self.authority, self.path, *end)

    def add_path(self, *segments: Value) -> None:
        """Puts segments behind the path, with one slash before each."""
        for segment in segments:
            is_closed = isinstance(self.path, str) and self.path.endswith("/")
            is_begun = isinstance(segment, str) and segment.startswith("/")
            if is_closed and is_begun and isinstance(self.path, str):
                self.path = self.path[:-1]
            separator = "" if is_closed or is_begun else "/"
            self.path = concatenated(self.path, separator, segment)


def as_path(text: Value) -> Value:
    """A decoded path as it stands in a URL: ``%``, ``?`` and ``#`` in it are percent-encoded."""
    return concatenated(*[_encoded(p) if isinstance(p, str) else p for p in pieces_of(text)])


def _encoded(text: str) -> str:
    return _not_in_path.sub(lambda found: f"%{ord(found[0]):02X}", text)


def is_absolute(url: Value) -> bool:
    """Whether a URL, as far as it is known, says where it leads."""
    start = next(iter(pieces_of(url)), "")
    return isinstance(start, str) and start.startswith(("https://", "http://"))

"""Media types by what can be done with them (RFC 6838)."""

from __future__ import annotations

import re

_TEXTUAL_SUBTYPES = frozenset(
    {"csv", "edn", "graphql", "html", "javascript", "jwt", "ndjson", "plain", "sql", "toml", "yaml"}
)


_name = r"[\w!#$&^.+*-]+"
_is_media_type = re.compile(rf"{_name}/{_name}[ \t]*(;[\t\x20-\x7e]*)?", re.ASCII).fullmatch


def is_media_type(text: str) -> bool:
    """Whether a text is a media type or a range of them (RFC 9110 section 8.3.1)."""
    return _is_media_type(text) is not None


def essence(media_type: str) -> str:
    """``application/json; charset=utf-8`` → ``application/json``."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether it is JSON or built on it (``+json``, RFC 6839)."""
    name = essence(media_type)
    return name.endswith(("/json", "+json", "/x-json"))


def is_xml(media_type: str) -> bool:
    """Whether it is XML or built on it (``+xml``, RFC 7303)."""
    return essence(media_type).endswith(("/xml", "+xml"))


def is_multipart(media_type: str) -> bool:
    """Whether its body is made of parts (RFC 2046 section 5.1)."""
    return essence(media_type).startswith("multipart/")


def has_members(media_type: str) -> bool:
    """Whether a schema describes what it carries, member by member: JSON, forms and parts."""
    is_form = essence(media_type) == "application/x-www-form-urlencoded"
    return is_form or is_json(media_type) or is_multipart(media_type)


def is_textual(media_type: str) -> bool:
    """Whether people read it as text: a body of any other is a file."""
    name = essence(media_type)
    if name.startswith("text/") or is_xml(name) or is_json(name):
        return True
    subtype = name.partition("/")[2]
    return subtype.removeprefix("x-") in _TEXTUAL_SUBTYPES or subtype.endswith("+yaml")

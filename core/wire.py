"""The one normal wire form of URL parts (RFC 3986 section 6.2.2).

Upper-case hex, unreserved characters decoded, a space as ``%20``, characters that a URL cannot
hold percent-encoded as UTF-8. Two texts that mean the same on the wire become the same text, so
requests compare with ``==``. Reserved characters stay as they are written: ``:`` and ``%3A`` are
different on the wire.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from core.errors import RequestError

UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
RESERVED = ":/?#[]@!$&'()*+,;="

QueryPairs = tuple[tuple[str, str | None], ...]
"""Query pairs in wire form; the value ``None`` is a bare ``?flag``."""

_is_unreserved = re.compile(r"[A-Za-z0-9\-._~]*").fullmatch
_UNRESERVED_ESCAPE = "2[DE]|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE]"
_IN_PATH = r"[A-Za-z0-9\-._~/:@!$&'()*+,;=]*+"
_is_normal_path = re.compile(
    rf"{_IN_PATH}(?:%(?!{_UNRESERVED_ESCAPE})[0-9A-F]{{2}}{_IN_PATH})*+"
).fullmatch
_not_normal_in_path = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~/:@!$&'()*+,;=]")
_not_normal_in_query = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~/:@!$'()*+,;=?]")


def is_unreserved(text: str) -> bool:
    """Whether a text is the same raw and encoded, anywhere in a URL."""
    return _is_unreserved(text) is not None


def encode(text: str) -> str:
    """Percent-encode a *value*: everything but unreserved characters."""
    if _is_unreserved(text):
        return text
    try:
        return _quoted(text)
    except UnicodeEncodeError as error:
        raise RequestError(
            f"{shorten(text)} holds half of a surrogate pair, which no URL can carry. Remove it."
        ) from error


def encode_keeping_reserved(text: str) -> str:
    """Percent-encode a value whose parameter says ``allowReserved`` (``&``, ``#``, ``+`` excepted,
    which would end the value or turn into a space).
    """
    return normal_query(text.replace("&", "%26").replace("#", "%23").replace("+", "%2B"))


def decode(text: str) -> str:
    """The text that a wire form stands for; bytes that are not UTF-8 become U+FFFD."""
    return unquote(text) if "%" in text else text


def normal_path(text: str) -> str:
    """A path in normal form; ``?`` and ``#`` in it are encoded."""
    return text if _is_normal_path(text) else _normalise(_not_normal_in_path, text)


def normal_query(text: str) -> str:
    """A query name or value in normal form; ``&`` and ``#`` in it are encoded."""
    return text if _is_unreserved(text) else _normalise(_not_normal_in_query, text)


def split_query(text: str) -> QueryPairs:
    """The pairs of a query string as written after the ``?``, in normal form."""
    pairs: list[tuple[str, str | None]] = []
    for piece in text.split("&"):
        if not piece:
            continue
        name, equals, value = piece.partition("=")
        pairs.append((normal_query(name), normal_query(value) if equals else None))
    return tuple(pairs)


def join_query(pairs: QueryPairs) -> str:
    """Pairs as the text that goes after the ``?``."""
    return "&".join([name if value is None else f"{name}={value}" for name, value in pairs])


def shorten(text: str, limit: int = 60) -> str:
    """A text quoted for a message, cut where it is long, control characters escaped."""
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return (
        "“" + shown.encode("unicode_escape").decode() + "”"
        if not shown.isprintable()
        else f"“{shown}”"
    )


@lru_cache(1024)  # names and placeholders come again and again
def _quoted(text: str) -> str:
    return quote(text, safe="")


def _normalise(pattern: re.Pattern[str], text: str) -> str:
    try:
        return pattern.sub(_normal_character, text)
    except UnicodeEncodeError as error:
        raise RequestError(
            f"{shorten(text)} holds half of a surrogate pair, which no URL can carry. Remove it."
        ) from error


def _normal_character(match: re.Match[str]) -> str:
    found = match.group()
    if len(found) == 3 and found[0] == "%":
        character = chr(int(found[1:], 16))
        return character if character in UNRESERVED else found.upper()
    return quote(found, safe="")

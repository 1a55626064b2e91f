"""One file's bytes as a plain JSON value: which encoding, and is it JSON or YAML?

>>> parse(b"openapi: 3.1.0", "petstore.yaml")
{'openapi': '3.1.0'}

Nothing in the bytes is believed, no name in them is opened, and work stops at the ``Limits``.
"""

from __future__ import annotations

import codecs
import re

import orjson

from core.errors import DocumentError
from core.openapi import yaml12
from core.openapi.limits import LIMITS, Limits
from core.request import Json

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZERO_BYTES: dict[
    tuple[bool, ...], str
] = {  # which of the first four bytes are zero, where two ASCII characters come first
    (True, True, True, False): "utf-32-be",
    (False, True, True, True): "utf-32-le",
    (True, False, True, False): "utf-16-be",
    (False, True, False, True): "utf-16-le",
}
_OTHER_FORMATS = (
    (b"PK\x03\x04", "a ZIP archive", "Upload it under a name that ends in .zip."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first, or pack the files as .zip."),
    (b"\xfd7zXZ\x00", "an xz archive", "Unpack it first, or pack the files as .zip."),
    (b"BZh", "a bzip2 archive", "Unpack it first, or pack the files as .zip."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first, or pack the files as .zip."),
    (b"Rar!", "a RAR archive", "Unpack it first, or pack the files as .zip."),
    (b"%PDF", "a PDF", "Ask the provider for the OpenAPI document itself."),
    (b"\x89PNG", "a picture", "Upload the OpenAPI document itself."),
)
_JSON_CURES = {
    "unexpected end of data": "The file is cut off: download or export it again.",
    "depth limit": "Flatten the document.",
    "infinity": "Numbers end at about 1.8e308: correct it, or write it as a string.",
}
"""What to do, by a part of orjson's message; such a file is not tried as YAML."""
_not_blank = re.compile(rb"\S").search
_is_html = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE).match
_is_no_json_number = re.compile(r"-?(?:NaN|Infinity)\b").match


def parse(data: bytes, name: str, limits: Limits = LIMITS) -> dict[str, Json]:
    """The object that a JSON or YAML file holds; ``name`` is the file's, for messages.

    Raises ``DocumentError`` that says where and what to do, for anything else than one object.
    """
    value = parse_value(data, name, limits)
    if not isinstance(value, dict):
        raise DocumentError(
            f"{name} holds {_kind(value)}, but an OpenAPI document is an object: it starts with "
            "“openapi:” or “swagger:”. Choose the file that does."
        )
    return value


def parse_value(data: bytes, name: str, limits: Limits = LIMITS) -> Json:
    """Like ``parse``, for the other files of a set: a ``$ref`` may name a list or a text."""
    check_size(len(data), name, "a file", limits.max_json_bytes)
    data = as_utf8(data, name)
    first = _not_blank(data)
    if first is None:
        raise DocumentError(f"{name} is empty. Choose a file that holds an OpenAPI document.")
    _refuse_other_formats(data, first.start(), name)
    if first[0] in (b"{", b"["):
        return _json(data, name, limits)
    return _yaml(data, name, limits)


def check_size(size: int, name: str, what: str, limit: int) -> None:
    """Raise ``DocumentError`` for a file of more bytes than ``what`` may have."""
    if size > limit:
        raise DocumentError(
            f"{name} is too large: {size / 1e6:,.1f} MB, and {what} may have "
            f"{limit / 1e6:,.1f} MB. Split the document, or remove what is not needed."
        )


def as_utf8(data: bytes, name: str) -> bytes:
    """The bytes in UTF-8 without a byte order mark (RFC 8259 section 8.1, RFC 4627 section 3)."""
    start, encoding = _encoding(data)
    if encoding == "utf-8":
        return data[start:]
    try:
        return data[start:].decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise _undecodable(data, start + error.start, encoding.upper(), name) from error


def _encoding(data: bytes) -> tuple[int, str]:
    """How long the byte order mark is, and what the bytes after it are encoded in."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return len(mark), encoding
    zeros = tuple(byte == 0 for byte in data[:4])
    return 0, _ZERO_BYTES.get(zeros, "utf-8")


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, "UTF-8", name) from error


def _undecodable(data: bytes, offset: int, encoding: str, name: str) -> DocumentError:
    line = data.count(b"\n", 0, offset) + 1
    return DocumentError(
        f"{name}, line {line}, byte {offset + 1} of the file: this is not {encoding} "
        f"(0x{data[offset]:02X}). Save the file as UTF-8; it may be in Windows-1252 (Latin-1) now."
    )


def _refuse_other_formats(data: bytes, start: int, name: str) -> None:
    for sign, what, cure in _OTHER_FORMATS:
        if data.startswith(sign, start):
            raise DocumentError(f"{name} is {what}, not an OpenAPI document. {cure}")
    if data[start : start + 1] == b"<":
        is_page = _is_html(data, start)
        raise DocumentError(
            f"{name} is {'a web page' if is_page else 'XML'}, not an OpenAPI document. "
            "Look on the provider's site for a link that ends in .json, .yaml or .yml, "
            "and save what it leads to (on GitHub: “Raw”)."
        )


def _json(data: bytes, name: str, limits: Limits) -> Json:
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        return _flow_yaml(data, name, limits, error)
    _check_depth(value, name, limits.max_depth)
    return value


def _flow_yaml(data: bytes, name: str, limits: Limits, error: orjson.JSONDecodeError) -> Json:
    """What looks like JSON and is not may be YAML: bare keys, comments, a comma too many."""
    text = _text(data, name)
    is_number = _is_no_json_number(text, error.pos) or _is_no_json_number(text, error.pos - 1)
    is_final = is_number or any(sign in error.msg for sign in _JSON_CURES)
    if not is_final and len(data) <= limits.max_yaml_bytes:
        try:
            return yaml12.read(text, name, limits)
        except DocumentError:
            pass  # it began like JSON, so the place where the JSON breaks helps more
    problem = f"JSON has no {is_number[0]}" if is_number else f"this is not JSON ({error.msg})"
    cures = (cure for sign, cure in _JSON_CURES.items() if sign in error.msg)
    cure = next(cures, "Correct it, or export the document again.")
    raise DocumentError(
        f"{name}, line {error.lineno}, column {error.colno}: {problem}. {cure}"
    ) from error


def _check_depth(value: Json, name: str, limit: int) -> None:
    """Level by level: it costs a quarter of a second where parsing costs one."""
    level = [value]
    for _ in range(limit):
        level = [
            child
            for container in level
            for child in (container.values() if type(container) is dict else container)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return
    raise DocumentError(f"{name}: values are nested more than {limit} deep. Flatten the document.")


def _yaml(data: bytes, name: str, limits: Limits) -> Json:
    check_size(len(data), name, "YAML", limits.max_yaml_bytes)
    return yaml12.read(_text(data, name), name, limits)


def _kind(value: Json) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return "plain text"
    return "no value" if value is None else "a single value"

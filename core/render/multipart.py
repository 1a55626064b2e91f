"""A multipart body as the bytes of its parts, for clients whose library has no facility of its own.

>>> from core.request import MultipartBody, Part
>>> chunks(MultipartBody((Part("photo", None, "cat.png"),)))[1]
FileChunk(filename='cat.png')
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from core.request import MultipartBody, Part

BOUNDARY = "---011000010111000001101001"
"""The boundary that API Pack published."""


@dataclass(frozen=True)
class FileChunk:
    """The place of a file's bytes between two texts."""

    filename: str


@lru_cache(8)  # several clients ask about the same body, one after the other
def boundary(body: MultipartBody) -> str:
    """The text that separates the parts: the published one unless a part holds it.

    Then it ends in a digest of the parts, which they cannot hold; 70 characters at most
    (RFC 2046 section 5.1.1).
    """
    texts = [
        text
        for part in body.parts
        for text in (part.name, part.value, part.filename, part.media_type)
        if text
    ]
    if not any(BOUNDARY in text for text in texts):
        return BOUNDARY
    return BOUNDARY + sha256("\0".join(texts).encode()).hexdigest()[:40]


def content_type(body: MultipartBody) -> str:
    """The ``Content-Type`` that goes with :func:`chunks`."""
    return f"{body.media_type}; boundary={boundary(body)}"


def chunks(body: MultipartBody) -> list[str | FileChunk]:
    """What is sent: texts, and files between them; never two texts in a row (RFC 7578)."""
    delimiter = f"--{boundary(body)}"
    found: list[str | FileChunk] = []
    text = ""
    for part in body.parts:
        text += f"{delimiter}\r\n{_head(part)}\r\n\r\n"
        if part.value is not None:
            text += part.value
        elif part.filename is not None:
            found += [text, FileChunk(part.filename)]
            text = ""
        text += "\r\n"
    found.append(f"{text}{delimiter}--\r\n")
    return found


def disposition(part: Part) -> str:
    """The header that names a part; neither its name nor its file's can end the quotes."""
    header = f'Content-Disposition: form-data; name="{part.name}"'
    return header if part.filename is None else f'{header}; filename="{part.filename}"'


def _head(part: Part) -> str:
    if part.media_type is None:
        return disposition(part)
    return f"{disposition(part)}\r\nContent-Type: {part.media_type}"

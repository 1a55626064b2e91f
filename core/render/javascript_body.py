"""A body in JavaScript, for the clients that send strings, ``Blob`` and ``FormData``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from core.render.body import chunks, content_type, quoted_text
from core.render.javascript_literal import block, is_kept_by_stringify
from core.render.literals import double_quoted
from core.request import MULTIPART_MEDIA_TYPE, Body, FileBody, Json, JsonBody, MultipartBody, Part


@dataclass(frozen=True)
class FileAccess:
    """How a platform's code comes by the bytes of files."""

    setup: str
    """The statement that goes first."""
    content: Callable[[str, int], str]
    """The expression for a file, by its name and its number among the request's files."""
    is_file: bool
    """Whether that expression is a file object, or bare bytes."""


BROWSER = FileAccess(
    setup='const { files } = document.querySelector("input[type=file]");',
    content=lambda name, number: f"files[{number}]",
    is_file=True,
)
NODE = FileAccess(
    setup='import { readFile } from "node:fs/promises";',
    content=lambda name, number: f"await readFile({double_quoted(name)})",
    is_file=False,
)


class BodyCode(NamedTuple):
    """What stands in the code for a body."""

    setup: tuple[str, ...]
    """The groups of statements that go first."""
    value: str
    """The expression to send: ``data`` where the setup defines it."""
    content_type: str | None
    """``None`` where the platform writes it, with a boundary that only it knows."""


def body_code(
    body: Body, files: FileAccess, write_json: Callable[[Json, str], str], indent: str = ""
) -> BodyCode:
    """The code for a body; ``write_json`` is the style in which a JSON value is laid out."""
    if isinstance(body, JsonBody) and is_kept_by_stringify(body):
        return BodyCode((), f"JSON.stringify({write_json(body.value, indent)})", body.media_type)
    if isinstance(body, MultipartBody) and _is_exact_as_form_data(body):
        setup = (_form_data(body, files),)
        holds_files = any(part.filename is not None for part in body.parts)
        return BodyCode((files.setup, *setup) if holds_files else setup, "data", None)
    text = quoted_text(body)
    if text is not None:
        return BodyCode((), text, content_type(body))
    value = _file(body, files) if isinstance(body, FileBody) else _blob(body, files, indent)
    return BodyCode((files.setup,), value, content_type(body))


def _is_exact_as_form_data(body: MultipartBody) -> bool:
    """Whether ``FormData`` sends the body as it is.

    It cannot give a text a media type, and it turns every line end into CRLF (HTML, "multipart
    form data").
    """
    if body.media_type != MULTIPART_MEDIA_TYPE or not body.parts:
        return False
    return all(map(_is_exact_as_entry, body.parts))


def _is_exact_as_entry(part: Part) -> bool:
    if part.value is not None:
        lines = part.value.replace("\r\n", "")
        return part.media_type is None and "\n" not in lines and "\r" not in lines
    # A Blob drops a type with a tab in it and writes others in lower case (File API section 3.1).
    return part.media_type is None or (
        "\t" not in part.media_type and part.media_type == part.media_type.lower()
    )


def _form_data(body: MultipartBody, files: FileAccess) -> str:
    lines = ["const data = new FormData();"]
    number = count()
    for part in body.parts:
        if part.filename is None:
            value = double_quoted(part.value or "")
        else:
            content = files.content(part.filename, next(number))
            value = f"{_entry(content, part.media_type, files)}, {double_quoted(part.filename)}"
        lines.append(f"data.append({double_quoted(part.name)}, {value});")
    return "\n".join(lines)


def _entry(content: str, media_type: str | None, files: FileAccess) -> str:
    if media_type is not None:
        return f"new Blob([{content}], {{ type: {double_quoted(media_type)} }})"
    return content if files.is_file else f"new Blob([{content}])"


def _file(body: FileBody, files: FileAccess) -> str:
    content = files.content(body.filename, 0)
    # A file object of that name sends the same bytes, and says which file is meant.
    return f"new File([{content}], {double_quoted(body.filename)})" if files.is_file else content


def _blob(body: Body, files: FileAccess, indent: str) -> str:
    number = count()
    pieces = [
        double_quoted(chunk)
        if isinstance(chunk, str)
        else files.content(chunk.filename, next(number))
        for chunk in chunks(body)
    ]
    return f"new Blob({block('[', pieces, ']', indent)})"

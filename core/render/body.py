"""Views of a body that several clients print, whatever its kind."""

from __future__ import annotations

from core.render import multipart
from core.render.literals import double_quoted
from core.render.multipart import FileChunk
from core.request import Body, FileBody, FormBody, MultipartBody
from core.wire import encode


def content_type(body: Body) -> str:
    """The ``Content-Type`` that goes with :func:`chunks`; a multipart body's holds the boundary."""
    return multipart.content_type(body) if isinstance(body, MultipartBody) else body.media_type


def chunks(body: Body) -> list[str | FileChunk]:
    """What is sent, in order: one text, one file, or the texts and files of a multipart body."""
    if isinstance(body, MultipartBody):
        return multipart.chunks(body)
    if isinstance(body, FileBody):
        return [FileChunk(body.filename)]
    return [form_text(body) if isinstance(body, FormBody) else body.text]


def sent_text(body: Body) -> str | None:
    """What is sent, as one text; ``None`` where bytes of a file are in it."""
    found = chunks(body)
    return found[0] if len(found) == 1 and isinstance(found[0], str) else None


def quoted_text(body: Body) -> str | None:
    """:func:`sent_text` as a ``"…"`` literal, kept with the body because many clients print it."""
    kept = body.__dict__
    if "quoted_text" not in kept:
        text = sent_text(body)
        kept["quoted_text"] = None if text is None else double_quoted(text)
    literal: str | None = kept["quoted_text"]
    return literal


def form_text(body: FormBody) -> str:
    """The pairs as ``application/x-www-form-urlencoded`` text: a space is ``+``."""
    kept = body.__dict__
    if "form_text" not in kept:
        kept["form_text"] = "&".join([f"{form_encode(k)}={form_encode(v)}" for k, v in body.pairs])
    text: str = kept["form_text"]
    return text


def form_encode(text: str) -> str:
    """A name or value as it stands in a form's text."""
    return encode(text).replace("%20", "+")

"""cURL on a POSIX shell, as API Pack published it."""

from __future__ import annotations

import re

from core.render import multipart
from core.render.body import form_encode, sent_text
from core.render.headers import in_published_order
from core.render.literals import curl_form_word, shell_word
from core.request import Body, FileBody, FormBody, MultipartBody, Part, Request

_is_globbed = re.compile(r"[][{}]").search
_is_plain_name = re.compile(r"[^=]+").fullmatch
_is_plain_value = re.compile(r"(?![@<\"()\s])[^;]*(?<!\s)").fullmatch
_is_plain_file = re.compile(r"\S(.*\S)?").fullmatch
_is_plain_type = re.compile(r"[\w.+-]{1,99}/[\w.+-]{1,99}(; ?charset=[\w-]+)?", re.ASCII).fullmatch


def render(request: Request) -> str:
    body = request.body
    if request.method == "HEAD" and body is None:
        lines = ["curl --head"]  # with --request HEAD curl would wait for a body in the answer
    else:
        lines = [f"curl --request {shell_word(request.method)}"]
    if _is_globbed(request.url):
        lines.append("--globoff")
    lines.append(f"--url {shell_word(request.url)}")
    headers = request.headers
    if body is not None:
        headers += (("content-type", _content_type(body)),)
    for name, value in in_published_order(headers):
        # "name:" would take a header away; "name;" sends it empty.
        lines.append(f"--header {shell_word(f'{name}: {value}' if value else f'{name};')}")
    if request.cookies:
        lines.append(f"--cookie {shell_word(request.cookie)}")
    if body is not None:
        lines += _data(body)
    return " \\\n  ".join(lines)


def _content_type(body: Body) -> str:
    # curl adds the boundary of its own --form; without a part there is none.
    if isinstance(body, MultipartBody) and not body.parts:
        return multipart.content_type(body)
    return body.media_type


def _data(body: Body) -> list[str]:
    if isinstance(body, FormBody) and body.pairs:
        pairs = [f"{form_encode(name)}={form_encode(value)}" for name, value in body.pairs]
        return [f"--data {shell_word(pair)}" for pair in pairs]
    if isinstance(body, MultipartBody) and body.parts:
        return [_form(part) for part in body.parts]
    if isinstance(body, FileBody):
        return [f"--data-binary {shell_word(f'@{body.filename}')}"]
    text = sent_text(body) or ""
    return [f"{'--data-raw' if text.startswith('@') else '--data'} {shell_word(text)}"]


def _form(part: Part) -> str:
    """One part. What ``--form`` would read as an option of its own is quoted or named by header."""
    value = part.value
    is_plain = _is_plain_name(part.name) is not None
    if value is not None and part.media_type is None and is_plain:
        option = "--form" if _is_plain_value(value) else "--form-string"
        return f"{option} {shell_word(f'{part.name}={value}')}"
    if value is not None:
        word = value if _is_plain_value(value) else curl_form_word(value)
    else:
        filename = part.filename or ""
        word = "@" + (filename if _is_plain_file(filename) else curl_form_word(filename))
    if is_plain:
        word = f"{part.name}={word}"
    else:
        word = f"={word};headers={curl_form_word(multipart.disposition(part))}"
    if part.media_type is not None:
        if _is_plain_type(part.media_type):
            word += f";type={part.media_type}"
        else:
            word += f";headers={curl_form_word(f'Content-Type: {part.media_type}')}"
    return f"--form {shell_word(word)}"

"""The call of ``fetch``, which browsers and Node share."""

from __future__ import annotations

from core.render.javascript_body import BodyCode, FileAccess, body_code
from core.render.javascript_literal import (
    WIDTH,
    block,
    is_kept_by_objects,
    modern_property_name,
    write_object,
)
from core.render.literals import double_quoted
from core.request import Body, FormBody, Pairs, Request


def call(request: Request, files: FileAccess, *, options: tuple[str, ...] = ()) -> str:
    """The request as code; ``options`` are written before the headers."""
    members = [*options] if request.method == "GET" else [f'method: "{request.method}"', *options]
    headers = request.headers
    setup: tuple[str, ...] = ()
    value = None
    if request.cookies:
        headers = (("Cookie", request.cookie), *headers)
    if request.body is not None:
        setup, value, content_type = _body_code(request.body, files)
        if content_type is not None:
            headers = (*headers, ("Content-Type", content_type))
    if headers:
        members.append(f"headers: {_object(headers)}")
    if value is not None:
        members.append(f"body: {value}")
    url = double_quoted(request.url)
    opening = f"const response = await fetch({url}"
    if members:
        opening += f", {block('{ ', members, ' }', width=WIDTH - len(opening))}"
    return "\n\n".join((*setup, f"{opening});", "console.log(await response.text());"))


def _body_code(body: Body, files: FileAccess) -> BodyCode:
    if isinstance(body, FormBody):
        return BodyCode((), f"new URLSearchParams({_form(body.pairs)})", body.media_type)
    return body_code(body, files, write_object, "  ")


def _form(pairs: Pairs) -> str:
    if is_kept_by_objects([name for name, _ in pairs]):
        return _object(pairs)
    entries = [f"[{double_quoted(name)}, {double_quoted(value)}]" for name, value in pairs]
    return block("[", entries, "]", "  ")


def _object(pairs: Pairs) -> str:
    members = [f"{modern_property_name(name)}: {double_quoted(value)}" for name, value in pairs]
    return block("{ ", members, " }", "  ")

"""An operation and a call of it as Markdown: what one pastes into a chat with a language model.

What the document's author wrote is quoted, so that it reads as what somebody said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.openapi.operation import Alternative, Operation, Parameter
from core.openapi.shape import resolved, schema_type
from core.render import Client

_DESCRIPTION, _ABOUT = 1500, 200
"""Characters of the operation's and of a parameter's description."""
_backticks = re.compile(r"`+")


def describe(operation: Operation, code: str, client: Client) -> str:
    """The operation's label, its parameters, body and credentials, and the call in one client."""
    return "\n".join(_lines(operation, code, client)) + "\n"


def _lines(operation: Operation, code: str, client: Client) -> Iterator[str]:
    document = operation.document
    yield f"# {_inline(operation.label)}"
    yield ""
    yield f"API: {_one_line(document.title, _ABOUT)} {_one_line(document.api_version, 40)}".rstrip()
    for server in operation.servers[:1]:
        yield f"Server: {_inline(server.url)}"
    if operation.deprecated:
        yield "It is deprecated."
    said = "\n".join(filter(None, [operation.summary.strip(), operation.description.strip()]))
    if said:
        yield ""
        yield from (f"> {line}".rstrip() for line in _cut(said, _DESCRIPTION).splitlines())
    if operation.parameters:
        yield from ("", "## Parameters", "")
        yield from (_parameter(operation, parameter) for parameter in operation.parameters)
    if operation.media_types:
        names = ", ".join(_inline(media_type.name) for media_type in operation.media_types)
        need = "required" if operation.body_required else "optional"
        yield from ("", "## Body", "", f"{need}, as {names}")
    if any(operation.security):
        yield from ("", "## Credentials", "")
        yield from (f"- {_credentials(alternative)}" for alternative in operation.security)
    fence = "`" * max(3, 1 + max(map(len, _backticks.findall(code)), default=0))
    yield from ("", f"## {client.title}", "", f"{fence}{client.highlight}", code, fence)


def _parameter(operation: Operation, parameter: Parameter) -> str:
    schema = resolved(parameter.schema, operation.document)
    facts = [parameter.place, schema_type(schema), "required" if parameter.required else ""]
    line = f"- {_inline(parameter.name)} ({', '.join(filter(None, facts))})"
    about = _one_line(parameter.description, _ABOUT)
    return f"{line}: {about}" if about else line


def _credentials(alternative: Alternative) -> str:
    """``harborAuth (http bearer)``; what is needed together is joined."""
    named = []
    for scheme in alternative:
        facts = filter(None, [scheme.kind, scheme.scheme, scheme.place])
        named.append(f"{_inline(scheme.name)} ({' '.join(facts)})")
    return " and ".join(named) or "none"


def _inline(words: str) -> str:
    line = _one_line(words, 500)
    fence = "`" * (1 + max(map(len, _backticks.findall(line)), default=0))
    return f"{fence}{line}{fence}"


def _one_line(words: str, limit: int) -> str:
    return " ".join(_cut(words, limit).split())


def _cut(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"

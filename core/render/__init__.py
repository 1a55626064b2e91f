"""A request as code: one file per client, and the table that owns the choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import UnknownNameError
from core.render import curl
from core.request import Request


@dataclass(frozen=True)
class Client:
    """One way to make an HTTP call in one language."""

    language: str
    """As the chat, the boards and the commands spell it: ``curl``, ``python``, …"""
    title: str
    """What a person picks: ``Python · requests``."""
    render: Callable[[Request], str]
    """Total: every legal ``Request`` has its text, ending without a newline."""
    highlight: str
    """The name by which syntax highlighters know the language."""
    extension: str
    """Of a file that holds the call."""
    api_pack_lang: str | None = None
    """API Pack's name of the language, where this is the client that API Pack published."""


CLIENTS: dict[str, Client] = {
    "curl": Client("curl", "cURL", curl.render, "bash", "sh", "cURL"),
}


def client(name: str) -> Client:
    """The client of that name; raises ``UnknownNameError``, which says what there is."""
    try:
        return CLIENTS[name]
    except KeyError:
        raise UnknownNameError("client", name, CLIENTS) from None


def render(request: Request, client_name: str) -> str:
    """The request as code in the named client."""
    return client(client_name).render(request)

"""Node with its own ``fetch``: a module for Node 18 and later, nothing to install."""

from __future__ import annotations

from core.render import fetch
from core.render.javascript_body import NODE
from core.request import Request


def render(request: Request) -> str:
    return fetch.call(request, NODE)

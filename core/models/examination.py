"""What a server can do, found out by trying: the button “Test” and the command behind it.

Servers accept options that they do not know and say nothing, so that only an answer proves an
ability. Costs a few short replies.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from core.errors import ModelError
from core.models.protocol import Choice, Generate, Message, Score
from core.models.server import Connection, Dialect, Server
from core.models.trouble import Refused, Unreachable, Unusable

_HELLO = (Message("user", "Say hello."),)
GREETING = Generate(_HELLO, max_tokens=8)
"""What any model can answer."""
_UNLIKELY = Choice(("zq7-heron", "zq7-walrus"))
"""What no model says of itself when it is greeted."""
_CONSTRAINED = Generate(_HELLO, max_tokens=32, constraint=_UNLIKELY)


@dataclass(frozen=True, slots=True)
class Examination:
    """What was seen of a server."""

    server: Server | None
    """With the abilities that it showed; ``None`` where it does not answer."""
    models: tuple[str, ...] = ()
    """What it says that it serves."""
    seconds: float = 0.0
    """Until it had said hello."""
    reason: str = ""
    """Why it cannot be used, in words; empty where it can."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a server is there at this moment."""

    is_up: bool
    reason: str = ""
    """Why it cannot be used; empty where it can."""
    longest: int = 0
    """Tokens of prompt and reply together, where it says so (vLLM does)."""


def look_at(server: Server, *, seconds: float = 1.0) -> Health:
    """Ask a server only what it serves: quick, and costs nothing."""
    try:
        connection = Connection(replace(server, timeout=seconds))
    except ModelError as error:  # its key is not set
        return Health(False, str(error))
    try:
        served = connection.models()
    except (Unreachable, Unusable, Refused) as error:
        return Health(False, f"{server.url}: {error}.")
    finally:
        connection.close()
    for each in served:
        if each.get("id") == server.model:
            longest = each.get("max_model_len")
            return Health(True, longest=longest if isinstance(longest, int) else 0)
    if served:
        return Health(False, _not_served(server, [str(each.get("id")) for each in served]))
    return Health(True)


def examine(server: Server) -> Examination:
    """Ask a server what it serves, and try what it can do. Raises ``ModelError`` where its key
    is not set.
    """
    connection = Connection(server)
    try:
        return _examined(connection)
    finally:
        connection.close()


def _examined(connection: Connection) -> Examination:
    server = connection.server
    try:
        models = tuple(str(each.get("id")) for each in connection.models())
    except (Unreachable, Unusable, Refused) as error:
        return Examination(None, reason=f"{server.url}: {error}.")
    if server.model not in models and models:
        return Examination(None, models, reason=_not_served(server, models))
    began = time.monotonic()
    try:
        connection.generate(GREETING)
    except (Unreachable, Unusable, Refused) as error:
        return Examination(None, models, reason=f"{server.url}: {error}.")
    seconds = time.monotonic() - began
    seen = replace(
        server,
        dialect=_dialect(server),
        can_score=_works(partial(connection.score, Score("a", "b"))),
        can_complete=_works(partial(connection.generate, Generate("a", max_tokens=1))),
    )
    return Examination(seen, models, seconds)


def _not_served(server: Server, models: Sequence[str]) -> str:
    known = ", ".join(models[:20])
    return f"{server.url} serves no model “{server.model}”. It has: {known}."


def _dialect(server: Server) -> Dialect:
    dialects: tuple[Dialect, ...] = ("structured_outputs", "response_format")
    for dialect in dialects:
        connection = Connection(replace(server, dialect=dialect))
        try:
            if _works(partial(connection.generate, _CONSTRAINED)):
                return dialect
        finally:
            connection.close()
    return ""


def _works(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (Unreachable, Unusable, Refused):
        return False
    return True

"""What can go wrong with a server: what passes, what does not, and in whose words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST = 300
_BUSY = {429, 502, 503, 504}


class Unreachable(Exception):
    """The server is away or busy: it is worth asking again for as long as patience lasts."""

    def __init__(self, reason: str, rest_seconds: float = 0.0) -> None:
        """``rest_seconds`` is how long the server itself asks to be left alone."""
        super().__init__(reason)
        self.rest_seconds = rest_seconds


class Unusable(Exception):
    """The server answered too late or nonsense: it is worth asking again a few times."""


class Refused(Exception):
    """The server will not answer this: asking again changes nothing."""


@contextmanager
def said_by_server(secret: str) -> Iterator[None]:
    """Turns what the client library raises into the three kinds above.

    Texts of a server may repeat the key that it was sent; ``secret`` never gets through.
    """
    import openai

    try:
        yield
    except openai.APITimeoutError as error:
        raise Unusable("it did not answer in time") from error
    except openai.APIConnectionError as error:
        cause = str(error.__cause__ or error)
        raise Unreachable(_readable(f"it cannot be reached: {cause}", secret)) from error
    except openai.APIStatusError as error:
        reason = _readable(f"it answered {error.status_code}: {error.message}", secret)
        if error.status_code in _BUSY:
            raise Unreachable(reason, _rest_seconds(error)) from error
        if error.status_code >= 500 or error.status_code in (408, 409):
            raise Unusable(reason) from error
        raise Refused(reason) from error
    except (openai.APIError, ValueError) as error:
        raise Unusable("it sent something that is no reply") from error


def _rest_seconds(error: object) -> float:
    """What a busy server asks for (RFC 9110 section 10.2.3), if it says a number of seconds."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    text = str(headers.get("retry-after", ""))
    return min(float(text), 60.0) if text.isdecimal() else 0.0


def _readable(text: str, secret: str) -> str:
    plain = " ".join(text.split())
    if secret:
        plain = plain.replace(secret, "…")
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"

"""Whether a request carries the credentials that an operation asks for."""

from __future__ import annotations

from core import wire
from core.openapi.operation import Alternative, Operation, SecurityScheme
from core.request import Request


def satisfied_alternative(operation: Operation, request: Request) -> Alternative | None:
    """The first security alternative whose credentials a request carries, if any."""
    for alternative in operation.security:
        if all(is_satisfied(scheme, request) for scheme in alternative):
            return alternative
    return None


def is_satisfied(scheme: SecurityScheme, request: Request) -> bool:
    """Whether a request carries a scheme's credential, of the right kind at the right place."""
    if scheme.kind == "mutualTLS":
        return True  # the connection brings it, not the request
    headers = {name.lower(): value for name, value in request.headers}
    if scheme.kind == "apiKey":
        if scheme.place == "query":
            return any(wire.decode(name) == scheme.parameter for name, _ in request.query)
        if scheme.place == "cookie":
            return any(wire.decode(name) == scheme.parameter for name, _ in request.cookies)
        return (scheme.parameter or scheme.name).lower() in headers
    word = scheme.scheme if scheme.kind == "http" else "bearer"
    written = headers.get("authorization", "").split(" ")[0].lower()
    return written == (word or "bearer")

"""Where calls of an API go, and which credentials they bring: what people chose, for an operation.

>>> connection_of(operation, ApiChoices(environment={"harborAuth": "HARBOR_TOKEN"})).environment
{'harborAuth': 'HARBOR_TOKEN'}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.environment import is_name
from core.openapi.operation import Operation, ServerVariable
from core.openapi.server import fill
from core.store.api_choices import ApiChoices

_fits_url = re.compile(r"[\w.~:/@%-]+", re.ASCII).fullmatch


@dataclass(frozen=True)
class Connection:
    """What was chosen, as the builder takes it."""

    server: str | None = None
    """A base URL; the document's first where it is ``None``."""
    security: int = 0
    """An index into ``operation.security``."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """The variable that holds a credential, by the name of its scheme."""


AS_WRITTEN = Connection()
"""What the document says first."""


def connection_of(operation: Operation, kept: ApiChoices) -> Connection:
    """The choices of an API as far as one of its operations has them; what it lacks is as written.

    Versions of an API share their choices, and may differ in their servers and schemes.
    """
    alternatives = operation.security
    schemes = [[scheme.name for scheme in alternative] for alternative in alternatives]
    at = schemes.index(kept.security) if kept.security in schemes else 0
    needed = [scheme.name for scheme in alternatives[at]] if alternatives else []
    named = {name: kept.environment.get(name, "") for name in needed}
    environment = {name: variable for name, variable in named.items() if is_name(variable)}
    return Connection(_server(operation, kept), at, environment)


def _server(operation: Operation, kept: ApiChoices) -> str | None:
    templates = [server.template for server in operation.servers]
    if not templates or (kept.server not in templates and not kept.variables):
        return None
    server = operation.servers[templates.index(kept.server) if kept.server in templates else 0]
    values = {
        each.name: kept.variables[each.name]
        for each in server.variables
        if _allows(each, kept.variables.get(each.name, ""))
    }
    return fill(server, values) if server.variables else server.url


def _allows(variable: ServerVariable, value: str) -> bool:
    return value in variable.enum if variable.enum else bool(_fits_url(value))

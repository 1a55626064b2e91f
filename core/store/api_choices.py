"""What people chose once for an API and all of its versions: where calls go, what they bring.

No secret is kept: a credential is the name of an environment variable.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from sqlalchemy import Column, select

from core.store.database import Store, insert_new
from core.store.tables import api_choices
from core.store.text import storable

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class ApiChoices:
    """The choices of one API; what is empty is left to the document."""

    server: str | None = None
    """The server's template, as the document writes it."""
    variables: dict[str, str] = field(default_factory=dict)
    """Values of the template's variables."""
    security: list[str] | None = None
    """The security alternative, by the names of its schemes."""
    environment: dict[str, str] = field(default_factory=dict)
    """The environment variable that holds a credential, by the name of its scheme."""


def api_choices_of(store: Store, api: str) -> ApiChoices:
    """The choices of an API, by its identity."""
    found = select(*_columns()).where(api_choices.c.api == api)
    with store.reading() as connection:
        row = connection.execute(found).one_or_none()
    return ApiChoices(**row._mapping) if row else ApiChoices()


def all_api_choices(store: Store) -> dict[str, ApiChoices]:
    """The choices of every API that has some, by its identity."""
    with store.reading() as connection:
        rows = connection.execute(select(api_choices.c.api, *_columns()))
        return {row.api: ApiChoices(*row[1:]) for row in rows}


def save_api_choices(store: Store, api: str, choices: ApiChoices) -> None:
    """Keep the choices of an API in place of earlier ones."""
    values = asdict(choices) | {
        "server": None if choices.server is None else storable(choices.server, _LONGEST),
        "variables": _storable(choices.variables),
        "security": choices.security and [storable(name, _LONGEST) for name in choices.security],
        "environment": _storable(choices.environment),
    }
    with store.writing() as connection:
        connection.execute(api_choices.delete().where(api_choices.c.api == api))
        insert_new(connection, api_choices, [{"api": api, "changed_at": time.time(), **values}])


def _columns() -> list[Column[Any]]:
    return [api_choices.c[field.name] for field in fields(ApiChoices)]


def _storable(texts: dict[str, str]) -> dict[str, str]:
    return {storable(name, _LONGEST): storable(text, _LONGEST) for name, text in texts.items()}

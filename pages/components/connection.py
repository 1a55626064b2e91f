"""Where calls of an API go and which credentials they bring: chosen once, kept for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from core.environment import check_name, usual_name
from core.errors import CallwrightError
from core.openapi.operation import Alternative, Operation, SecurityScheme, Server, ServerVariable
from core.openapi.server import fill
from core.store.api_choices import ApiChoices, api_choices_of, save_api_choices
from pages.components import frame, resources, text


@dataclass(frozen=True)
class Connection:
    """What was chosen, as the builder takes it."""

    server: str | None = None
    security: int = 0
    environment: dict[str, str] = field(default_factory=dict)
    """The variable that holds a credential, by the name of its scheme."""


def show(operation: Operation, api: str) -> Connection:
    """Draw the choices that the document leaves; each holds for all calls of the API."""
    kept = api_choices_of(resources.store(), api)
    servers, alternatives = operation.servers, operation.security
    if len(servers) < 2 and not any(s.variables for s in servers) and not any(alternatives):
        return Connection()
    with st.expander("Server and credentials", icon=":material/vpn_key:"):
        st.caption("Chosen once for all calls of this API.")
        server = _show_server(servers, kept, api) if servers else None
        at = _show_security(alternatives, kept, api) if len(alternatives) > 1 else 0
        environment = {}
        for scheme in alternatives[at] if alternatives else ():
            if scheme.kind != "mutualTLS" and (name := _show_variable_name(scheme, kept, api)):
                environment[scheme.name] = name
    return Connection(server, at, environment)


def _show_server(servers: Sequence[Server], kept: ApiChoices, api: str) -> str:
    templates = [server.template for server in servers]
    server = servers[templates.index(kept.server) if kept.server in templates else 0]
    if len(servers) > 1:
        names = text.distinct(map(_server_name, servers))
        key = _remember(f"connection_server_{api}", servers.index(server))
        _choose("Server", names, key, lambda at: _save(api, server=templates[at]))
        server = servers[st.session_state[key]]
    values = {each.name: _show_value(each, kept, api) for each in server.variables}
    return fill(server, values) if values else server.url


def _show_value(variable: ServerVariable, kept: ApiChoices, api: str) -> str:
    """Draw the field of a server's variable; its value."""
    key = _remember(f"connection_variable_{variable.name}_{api}", kept.variables.get(variable.name))

    def save() -> None:
        _save(api, variables={variable.name: st.session_state[key] or variable.default})

    label = text.escape(variable.name, limit=60)
    if variable.enum:
        if st.session_state[key] not in variable.enum:
            known = variable.default in variable.enum
            st.session_state[key] = variable.default if known else variable.enum[0]
        st.selectbox(label, variable.enum, key=key, on_change=save)
    else:
        st.text_input(label, placeholder=variable.default, key=key, on_change=save, live=True)
    return st.session_state[key] or variable.default


def _show_security(alternatives: Sequence[Alternative], kept: ApiChoices, api: str) -> int:
    """Draw the choice of credentials; the position of what is chosen."""
    schemes = [[scheme.name for scheme in alternative] for alternative in alternatives]
    at = schemes.index(kept.security) if kept.security in schemes else 0
    key = _remember(f"connection_security_{api}", at)
    if st.session_state[key] >= len(schemes):
        st.session_state[key] = at
    names = text.distinct(map(_credentials, alternatives))
    _choose("Credentials", names, key, lambda chosen: _save(api, security=schemes[chosen]))
    return int(st.session_state[key])


def _show_variable_name(scheme: SecurityScheme, kept: ApiChoices, api: str) -> str:
    """Draw the field for the name of a credential's environment variable; the name, if one is."""
    key = _remember(
        f"connection_environment_{scheme.name}_{api}", kept.environment.get(scheme.name)
    )

    def save() -> None:
        _save(api, environment={scheme.name: st.session_state[key].strip()})

    st.text_input(
        f"Environment variable of {text.escape(scheme.name, limit=60)}",
        placeholder=usual_name(scheme.name),
        key=key,
        on_change=save,
        help="Only the name. The secret stays in the environment of whoever runs the code.",
    )
    entered = (st.session_state[key] or "").strip()
    try:
        return check_name(entered) if entered else ""
    except CallwrightError as error:
        frame.show_error(error)
        return ""


def _remember(key: str, kept: Any) -> str:
    """Begin a field with what is kept of it."""
    st.session_state.setdefault(key, kept)
    return key


def _choose(label: str, names: list[str], key: str, save: Callable[[int], None]) -> None:
    st.selectbox(
        label,
        range(len(names)),
        format_func=names.__getitem__,
        key=key,
        on_change=lambda: save(st.session_state[key]),
    )


def _save(api: str, **changes: Any) -> None:
    """Keep what has just been chosen; of fields with many entries, those that are given."""
    kept = api_choices_of(resources.store(), api)
    merged: dict[str, Any] = {
        name: {**getattr(kept, name), **value} if isinstance(value, dict) else value
        for name, value in changes.items()
    }
    save_api_choices(resources.store(), api, replace(kept, **merged))


def _server_name(server: Server) -> str:
    about = f" ({text.plain(server.description, limit=60)})" if server.description else ""
    return text.plain(server.template, limit=100) + about


def _credentials(alternative: Alternative) -> str:
    """``apiKey and session``: what is needed together."""
    return " and ".join(text.plain(scheme.name, limit=40) for scheme in alternative) or "none"

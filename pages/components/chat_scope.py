"""Which APIs a question is put to: all of them, or the one that the address names."""

from __future__ import annotations

import streamlit as st

from pages.components import resources, text

_ALL = ""


def show() -> None:
    """Draw the choice."""
    titles = _titles()
    st.session_state["chat_api"] = chosen()
    st.selectbox(
        "Look in",
        [_ALL, *titles],
        format_func=lambda api: titles[api] if api else "All APIs",
        key="chat_api",
        on_change=_take,
        width=320,
    )


def chosen() -> str:
    """The API of the address, by its identity; empty for all."""
    named = st.query_params.get("api", _ALL)
    return named if named in _titles() else _ALL


def _take() -> None:
    if api := st.session_state["chat_api"]:
        st.query_params["api"] = api
    else:
        st.query_params.pop("api", None)


def _titles() -> dict[str, str]:
    """What people call each API, told apart where two have one title."""
    found = {row.api: row.title for row in resources.live().values()}
    names = text.distinct(text.plain(title, limit=80) for title in found.values())
    return dict(zip(found, names, strict=True))

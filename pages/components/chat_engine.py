"""Who answers: the engine that the address names, where there is more than one."""

from __future__ import annotations

import streamlit as st

from core.engines import DEFAULT, engine_kind, engine_names
from pages.components import resources, text


def show() -> None:
    """Draw the choice; without a language model there is none."""
    names = engine_names(resources.store())
    if len(names) == 1:
        return
    st.session_state["chat_engine"] = chosen()
    st.selectbox(
        "Answered by",
        names,
        format_func=lambda name: text.plain(engine_kind(name).title, limit=80),
        key="chat_engine",
        on_change=_take,
        width=320,
    )
    if missing := engine_kind(chosen()).missing(resources.store()):
        st.caption(f":material/warning: {text.escape(missing, limit=300)}")


def chosen() -> str:
    """The engine of the address, where there is such a one."""
    named = st.query_params.get("engine", DEFAULT)
    return named if named in engine_names(resources.store()) else DEFAULT


def _take() -> None:
    name = st.session_state["chat_engine"]
    if name == DEFAULT:
        st.query_params.pop("engine", None)
    else:
        st.query_params["engine"] = name

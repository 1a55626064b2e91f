"""Which API the page works with: a sample, or a document of one's own."""

from __future__ import annotations

import streamlit as st

from core.errors import CallwrightError
from pages.components import frame, resources, text, upload
from pages.components.api import Api


def show() -> Api | None:
    """Draw the choice; the API chosen, or ``None``. Raises ``CallwrightError``."""
    keys = [*st.session_state.get("uploads", []), *resources.sample_keys()]
    current = st.query_params.get("document") or st.session_state.get("document")
    if current is not None and current not in keys:
        keys = _with_another(current, keys)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "API",
            keys,
            index=keys.index(current) if current in keys else None,
            format_func=_title,
            placeholder="Choose a sample, or upload a document",
            key="api",
            on_change=_take_choice,
        )
        with st.popover("Upload", icon=":material/upload_file:"):
            uploaded = upload.show("operations_upload")
    if uploaded:
        take(uploaded)
        st.session_state.pop("api", None)
        st.rerun()
    if chosen is None:
        return None
    take(chosen)
    with st.spinner("Reading the document …"):
        return resources.api(chosen)


def _with_another(key: str, keys: list[str]) -> list[str]:
    """The keys and one that somebody else's address brought; where it leads nowhere, say so."""
    try:
        return [resources.api(key).key, *keys]
    except CallwrightError as error:
        frame.show_error(error)
        return keys


def take(key: str) -> None:
    """Make this the API of the page and of its address."""
    st.session_state["document"] = key
    if st.query_params.get("document") != key:
        st.query_params["document"] = key


def _take_choice() -> None:
    st.query_params.pop("operation", None)
    if st.session_state["api"]:
        take(st.session_state["api"])


def _title(key: str) -> str:
    return text.plain(resources.api(key).title, limit=80)

"""Which API the page works with: a sample, or a document of one's own."""

from __future__ import annotations

import streamlit as st

from core.errors import CallwrightError
from pages.components import frame, resources, text, upload
from pages.components.api import Api


def show() -> Api | None:
    """Draw the choice; the API that the address or the person names, or ``None``."""
    keys = [*st.session_state.get("uploads", []), *resources.sample_keys()]
    current = st.query_params.get("document") or st.session_state.get("document")
    if current is not None and current not in keys:
        keys = _with_another(current, keys)
    if current in keys and st.session_state.get("api") != current:
        st.session_state["api"] = current
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "API",
            keys,
            index=None,
            format_func=dict(zip(keys, text.distinct(map(_name, keys)), strict=True)).__getitem__,
            placeholder="Choose a sample, or upload a document",
            key="api",
            on_change=_take_choice,
        )
        with st.popover("Upload", icon=":material/upload_file:"):
            uploaded = upload.show("operations_upload")
    if uploaded:
        _take(uploaded)
        st.rerun()
    if chosen is None:
        return None
    st.session_state["document"] = chosen
    with st.spinner("Reading the document …"):
        return resources.api(chosen)


def _with_another(key: str, keys: list[str]) -> list[str]:
    """The keys and one that somebody else's address brought; where it leads nowhere, say so."""
    try:
        return [resources.api(key).key, *keys]
    except CallwrightError as error:
        frame.show_error(error)
        return keys


def _take_choice() -> None:
    if st.session_state["api"]:
        _take(st.session_state["api"])
    else:
        st.session_state.pop("document", None)
        st.query_params.clear()


def _take(key: str) -> None:
    """Make this the API of the page and of its address, which names nothing else then."""
    st.session_state["document"] = key
    st.query_params.from_dict({"document": key})


def _name(key: str) -> str:
    """A sample's title; of an upload the file, which its owner knows best."""
    entry = key.partition("/")[2]
    return text.plain(entry or resources.api(key).title, limit=80)

"""Which catalogue: one of the workspace, or a new one from a file or an API."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.catalogue import folder
from core.catalogue.function import Catalogue
from core.catalogue.source import catalogue_of_document, read_catalogue
from core.errors import CallwrightError
from pages.components import catalogue_cache, frame, resources, text

_KEY = "catalogue"


def show() -> str | None:
    """Draw the choice and the ways to add and remove; the chosen slug, ``None`` without any."""
    known = folder.list_catalogues(resources.store().workspace)
    if st.session_state.get(_KEY) not in known:
        st.session_state.pop(_KEY, None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name: str | None = None
        if known:
            name = st.selectbox(
                "Catalogue", known, key=_KEY, bind="query-params", format_func=_title, width=340
            )
        with st.popover("Add", icon=":material/add:"):
            _show_add()
        if name is not None:
            with st.popover("Remove", icon=":material/delete:"):
                _show_remove(name)
    return name


def _title(name: str) -> str:
    return text.plain(catalogue_cache.catalogue(name).name, limit=80)


def _show_add() -> None:
    uploaded = st.file_uploader(
        "A file: JSON, Python, or an OpenAPI document", ["json", "py", "yaml", "yml", "zip"]
    )
    st.caption(
        "Python is read for its signatures and docstrings, and never run. JSON is a list of tools: "
        "`name`, `description`, `parameters`."
    )
    if uploaded and st.button("Add this file", icon=":material/upload:", type="primary"):
        _add(lambda: read_catalogue(uploaded.name, uploaded.getvalue()))
    names = resources.names()
    chosen = st.selectbox(
        "Or an API of the workspace",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Its operations become functions",
    )
    if chosen and st.button("Add this API", icon=":material/api:"):
        sha256 = resources.live()[chosen].sha256
        _add(lambda: catalogue_of_document(resources.document(sha256)))


def _add(read: Callable[[], Catalogue]) -> None:
    try:
        with st.spinner("Reading …"):
            catalogue = read()
            name = folder.keep_catalogue(resources.store().workspace, catalogue)
    except CallwrightError as error:
        frame.show_error(error)
        return
    count = len(catalogue.functions)
    frame.tell(f"{count:,} functions of {text.escape(catalogue.name)}", ":material/check:")
    st.switch_page(frame.CATALOGUES, query_params={_KEY: name, "view": "Functions"})


def _show_remove(name: str) -> None:
    st.write("Its questions and results go with it.")
    if st.button("Remove it for good", icon=":material/delete:", type="primary"):
        folder.remove_catalogue(resources.store().workspace, name)
        st.switch_page(frame.CATALOGUES)

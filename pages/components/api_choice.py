"""Which API a page works with: one document of the workspace."""

from __future__ import annotations

import streamlit as st

from core.errors import CallwrightError
from core.store.documents import StoredDocument
from pages.components import frame, resources, text

_PARTS = ("operation", "tag")
"""What an address says of one document only."""


def show(*, label: str, placeholder: str) -> StoredDocument | None:
    """Draw the choice; the document that the address or the person names, or ``None``."""
    rows, names = resources.live(), resources.names()
    current = st.query_params.get("document")
    if current and current not in rows and (another := _another(current)):
        rows = {current: another, **rows}
        names = {current: text.document_name(another), **names}
    if st.session_state.get("api") != current:
        st.session_state["api"] = current if current in rows else None
    chosen = st.selectbox(
        label,
        list(rows),
        index=None,
        format_func=names.__getitem__,
        placeholder=placeholder,
        key="api",
        on_change=_take_choice,
    )
    return rows[chosen] if chosen else None


def take(key: str | None) -> None:
    """Make this the document of the address, in a callback."""
    for part in _PARTS:
        st.query_params.pop(part, None)
    if key:
        st.query_params["document"] = key
    else:
        st.query_params.pop("document", None)


def _take_choice() -> None:
    take(st.session_state["api"])


def _another(address: str) -> StoredDocument | None:
    """A deleted or replaced document that somebody's link names; where it leads nowhere, say so."""
    try:
        return resources.find(address)
    except CallwrightError as error:
        frame.show_error(error)
        return None

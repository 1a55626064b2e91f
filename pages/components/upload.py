"""The place where a person gives a document."""

from __future__ import annotations

import streamlit as st

from core.errors import CallwrightError
from pages.components import frame, resources

TYPES = ["json", "yaml", "yml", "zip"]


def show(key: str) -> str | None:
    """Draw the uploader; the key of the API when one has just been read, else ``None``."""
    given = st.file_uploader(
        "OpenAPI document",
        type=TYPES,
        key=key,
        help="Swagger 2.0, OpenAPI 3.0 to 3.2. Files that refer to each other: one zip.",
        label_visibility="collapsed",
    )
    if given is None or st.session_state.get(f"{key}_done") == given.file_id:
        return None
    try:
        with st.spinner(f"Reading {given.size / 1e6:,.1f} MB …"):
            keys = resources.add_upload(given.name, given.getvalue())
            resources.api(keys[0])
    except CallwrightError as error:
        frame.show_error(error)
        return None
    st.session_state[f"{key}_done"] = given.file_id
    known = st.session_state.setdefault("uploads", [])
    known += [found for found in keys if found not in known]
    return keys[0]

"""What people label by, in view while they do, and how it is changed."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from core.store.guidelines import (
    Guidelines,
    guidelines_now,
    save_guidelines,
    versions_of_guidelines,
)
from pages.components import resources, text


def show(person: str) -> None:
    """Draw the guidelines, open, with a way to change them for whoever has a name."""
    now = guidelines_now(resources.store())
    with st.expander(
        f"Guidelines, version {now.version}", icon=":material/menu_book:", expanded=True
    ):
        st.markdown(now.text)
        if person:
            with st.popover("Change", icon=":material/edit:"):
                _show_editor(now, person)
            _show_versions()


def _show_editor(now: Guidelines, person: str) -> None:
    st.caption("Every change is a version of its own; labels keep the version they were made by.")
    with st.form(f"labels_guidelines_{now.version}", border=False):
        words = st.text_area("Guidelines, in Markdown", now.text, height=300, max_chars=40_000)
        if st.form_submit_button("Save as a new version", icon=":material/save:"):
            save_guidelines(resources.store(), words, person)
            st.rerun()


def _show_versions() -> None:
    versions = versions_of_guidelines(resources.store())
    if len(versions) < 2:
        return
    with st.popover("Earlier versions", icon=":material/history:"):
        for version in versions[1:]:
            day = datetime.fromtimestamp(version.at).strftime("%Y-%m-%d")
            st.markdown(f"**Version {version.version}**, {text.escape(version.author)}, {day}")
            st.markdown(version.text)
            st.divider()

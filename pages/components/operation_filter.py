"""Which operations are looked at: by API, method, tag, and whether they are still meant."""

from __future__ import annotations

import streamlit as st

from core.retrieval.workspace_index import Filter
from pages.components import resources, text

_SHOWN_FIRST = ("GET", "POST", "PUT", "PATCH", "DELETE")


def show(document: str) -> Filter:
    """Draw the filters for one document, or for all without one; what they let pass."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        methods = st.pills(
            "Method",
            _methods(document),
            format_func=text.method,
            selection_mode="multi",
            key="operations_methods",
            label_visibility="collapsed",
            wrap=True,
            width="content",
            persist_state="session",
        )
        tag = _show_tag(document) if document else None
        hidden = st.toggle("Hide deprecated", key="operations_current", persist_state="session")
    return Filter(
        documents=[document] if document else (),
        methods=methods,
        tags=[tag] if tag else (),
        deprecated=False if hidden else None,
    )


def _methods(document: str) -> list[str]:
    """Those that there are, the usual ones first."""
    found = resources.methods(document)
    usual = [method for method in _SHOWN_FIRST if method in found]
    return usual + [method for method in sorted(found) if method not in _SHOWN_FIRST]


def _show_tag(document: str) -> str | None:
    tags = resources.tags(document)
    if not tags:
        return None
    listed = sorted(tags, key=lambda tag: (-tags[tag], tag))
    names = text.distinct(f"{text.plain(tag, limit=60)} ({tags[tag]:,})" for tag in listed)
    return st.selectbox(
        "Tag",
        listed,
        index=None,
        format_func=dict(zip(listed, names, strict=True)).__getitem__,
        placeholder="Any tag",
        key=f"operations_tag_{document}",
        label_visibility="collapsed",
        width=260,
    )

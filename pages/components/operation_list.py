"""Operations to choose from, each with its method, path and summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core.openapi.operation import Operation
from pages.components import text
from pages.components.api import Api

PAGE = 20
"""Operations that are listed before somebody asks for more."""

Choose = Callable[[Operation], None]


def search(api: Api, question: str, choose: Choose) -> None:
    """Draw what answers a question, best first; all operations in document order without one."""
    shown = st.session_state.get("operations_shown", PAGE)
    if question.strip():
        with st.spinner("" if api.is_indexed else "Preparing the search …"):
            found = [hit.operation for hit in api.index().search(question, shown + 1)]
        if not found:
            st.caption(
                "Nothing here has these words. Try others, or clear the question to see all."
            )
    else:
        found = api.first(shown + 1)
        if not found:
            st.caption("This document describes no operation that can be used.")
    show(found[:shown], choose, key="operation")
    if len(found) > shown:
        st.button("Show more", icon=":material/expand_more:", on_click=_show_more, args=(shown,))


def show(
    operations: Sequence[Operation], choose: Choose, *, key: str, with_api: bool = False
) -> None:
    """Draw one row per operation; ``choose`` is called with the one that is clicked."""
    with st.container(gap="xsmall"):
        for at, operation in enumerate(operations):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.button(
                    text.label(operation),
                    key=f"{key}_{at}",
                    type="tertiary",
                    on_click=choose,
                    args=(operation,),
                )
                st.caption(_about(operation, with_api), width="content")


def _show_more(shown: int) -> None:
    st.session_state["operations_shown"] = shown + 2 * PAGE


def _about(operation: Operation, with_api: bool) -> str:
    summary = operation.summary or operation.description or operation.operation_id
    api = f"**{text.escape(operation.document.title, limit=40)}** · " if with_api else ""
    return api + text.escape(text.first_sentence(summary), limit=120)

"""Operations to choose from, each with its method, path and summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core.retrieval.workspace_index import Filter
from core.store.operations import StoredOperation
from pages.components import resources, text

PAGE = 20
"""Operations that are listed before somebody asks for more."""

Choose = Callable[[StoredOperation], None]


def search(question: str, only: Filter, choose: Choose) -> None:
    """Draw what answers a question, best first; all operations by title and order without one."""
    shown = st.session_state.get("operations_shown", PAGE)
    found = resources.index().search(question, only, limit=shown)
    st.caption(_count(found.total, question))
    show(
        [hit.operation for hit in found.hits], choose, key="operation", with_api=not only.documents
    )
    if found.total > shown:
        st.button("Show more", icon=":material/expand_more:", on_click=_show_more, args=(shown,))


def show(
    operations: Sequence[StoredOperation], choose: Choose, *, key: str, with_api: bool = False
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


def _count(total: int, question: str) -> str:
    if total:
        return f"{total:,} operations" if total > 1 else "1 operation"
    if question.strip():
        return "Nothing here has these words. Try others, or clear the question and the filters."
    return "No operation is left. Clear the filters."


def _show_more(shown: int) -> None:
    st.session_state["operations_shown"] = shown + 2 * PAGE


def _about(operation: StoredOperation, with_api: bool) -> str:
    summary = operation.summary or operation.description or operation.operation_id
    row = resources.live().get(resources.key(operation.document)) if with_api else None
    api = f"**{text.escape(row.title, limit=40)}** · " if row else ""
    return api + text.escape(text.first_sentence(summary), limit=120)

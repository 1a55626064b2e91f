"""The documents of the workspace as cards: one's own, the last first, and the samples."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.store.documents import StoredDocument
from core.store.jobs import UNFINISHED, list_jobs
from core.store.sources import Source, sources_by_document
from pages.components import frame, job_view, resources, text

_IN_A_ROW = 4
_TITLE = 26
"""Characters that fit into a card."""
_OWN = 8
"""Documents of one's own that are shown; the others are counted."""


def show_counts() -> None:
    """Draw what the workspace holds, in one line."""
    rows = resources.live().values()
    operations = sum(row.num_operations for row in rows)
    said = [
        job_view.counted(len(rows), "document"),
        job_view.counted(operations, "operation"),
    ]
    if running := len(list_jobs(resources.store(), UNFINISHED)):
        said.append(f"{job_view.counted(running, 'job')} at work")
    st.caption(" · ".join(said))


def show() -> None:
    """Draw the cards."""
    sources = sources_by_document(resources.store())
    rows = list(resources.live().values())
    samples = [row for row in rows if _is_sample(row, sources)]
    own = sorted((row for row in rows if row not in samples), key=lambda row: -row.added_at)
    if own:
        st.subheader("Yours", anchor=False)
        _show_cards(own[:_OWN])
        if len(own) > _OWN:
            st.page_link(
                frame.SPECS,
                label=f"All {len(own):,} documents",
                icon=":material/description:",
            )
    if samples:
        st.subheader("Sample APIs", anchor=False)
        _show_cards(samples)


def _is_sample(row: StoredDocument, sources: dict[str, list[Source]]) -> bool:
    return all(source.kind == "sample" for source in sources.get(row.sha256, []))


def _show_cards(rows: Sequence[StoredDocument]) -> None:
    for start in range(0, len(rows), _IN_A_ROW):
        for column, row in zip(
            st.columns(_IN_A_ROW), rows[start : start + _IN_A_ROW], strict=False
        ):
            with column.container(border=True, height="stretch"):
                st.page_link(
                    frame.OPERATIONS,
                    label=f"**{text.escape(row.title, limit=_TITLE)}**",
                    query_params={"document": resources.key(row.sha256)},
                )
                st.caption(text.escape(_about(row), limit=110))


def _about(row: StoredDocument) -> str:
    return text.first_sentence(row.description) or job_view.counted(row.num_operations, "operation")

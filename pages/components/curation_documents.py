"""Which documents a dataset is made of: all of the workspace, or some by source, words or name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import streamlit as st

from core.store import documents
from pages.components import document_table, frame, job_view, resources, text
from pipeline.recipe import DocumentRef, workspace_documents


@dataclass(frozen=True, slots=True)
class Chosen:
    """Documents for a recipe."""

    documents: tuple[DocumentRef, ...]
    is_all: bool
    """Whether these are all of the workspace, which a command need not name."""
    num_operations: int = 0


def show() -> Chosen:
    """Draw the choice; the documents, in the order in which steps take them."""
    known = _references(documents.revision(resources.store()))
    if not known:
        st.caption("There is no document to make a dataset of.")
        st.page_link(frame.SPECS, label="Add documents", icon=":material/upload_file:")
        return Chosen((), is_all=True)
    sources = Counter(reference.source for reference in known)
    left, right = st.columns(2)
    wanted = left.pills(
        "Sources",
        list(sources),
        selection_mode="multi",
        key="curation_sources",
        format_func=lambda name: f"{text.escape(name, limit=60)} ({sources[name]:,})",
        help="None chosen means all.",
    )
    words = right.text_input(
        "Only documents with these words",
        key="curation_words",
        placeholder="Title, provider or file name",
        icon=":material/search:",
        live="300ms",
    )
    live = {row.sha256: row for row in resources.live().values()}
    fitting = {row.sha256 for row in document_table.matching(list(live.values()), words or "")}
    found = [
        each for each in known if each.name in fitting and (not wanted or each.source in wanted)
    ]
    names = resources.names()
    picked = st.multiselect(
        "Or just these",
        [each.name for each in found],
        key="curation_picked",
        format_func=lambda sha256: names.get(resources.key(sha256), sha256),
        placeholder="All that the filters leave",
    )
    chosen = tuple(each for each in found if not picked or each.name in picked)
    operations = sum(live[each.name].num_operations for each in chosen)
    st.caption(
        f"**{job_view.counted(len(chosen), 'document')}** of {len(known):,}, with "
        f"{job_view.counted(operations, 'operation')}."
    )
    return Chosen(chosen, len(chosen) == len(known), operations)


@st.cache_resource(show_spinner=False, max_entries=2)
def _references(revision: int) -> tuple[DocumentRef, ...]:
    return workspace_documents(resources.store())

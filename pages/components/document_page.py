"""One document of the workspace on a page of its own, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.jobs import control
from core.store.documents import (
    StoredDocument,
    delete_document,
    restore_document,
)
from core.store.originals import read_original
from core.store.sources import sources_of
from core.store.validations import unvalidated
from pages.components import (
    document_table,
    document_versions,
    document_view,
    frame,
    job_view,
    resources,
    text,
)


def show(row: StoredDocument) -> None:
    """Draw a document: facts, worth, what is left out, validity and versions."""
    st.button("All documents", icon=":material/arrow_back:", type="tertiary", on_click=_leave)
    st.subheader(text.escape(row.title, limit=120), anchor=False)
    st.caption(document_view.facts(row))
    _show_state(row)
    _show_actions(row)
    with st.expander("Where it comes from", icon=":material/info:", expanded=False):
        for source in sources_of(resources.store(), row.sha256):
            st.caption(text.escape(document_table.describe(source), limit=300))
        st.caption(f"SHA-256 `{row.sha256}` · {row.num_bytes / 1e6:,.2f} MB")
        st.text(text.paragraph(row.description) or "The document does not describe itself.")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Worth as a source", anchor=False)
        document_view.show_quality(row)
        st.subheader("Left out, and warnings", anchor=False)
        document_view.show_left_out(row)
    with right:
        st.subheader("Validity", anchor=False)
        document_view.show_validation(row)
        st.subheader("Versions", anchor=False)
        document_versions.show(row)


def show_deleted(rows: Sequence[StoredDocument]) -> None:
    """Draw the documents that can come back."""
    for row in rows:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Restore",
                key=f"restore_{row.sha256}",
                icon=":material/undo:",
                on_click=_restore,
                args=(row,),
            )
            st.caption(
                f"{text.escape(text.document_name(row), limit=100)} · {document_view.facts(row)}"
            )


def offer_validation() -> None:
    """Draw the button that validates what has no report yet."""
    waiting = unvalidated(resources.store())
    if waiting and st.button(
        f"Validate {job_view.counted(len(waiting), 'document')}",
        icon=":material/fact_check:",
        help="Against the OpenAPI Specification; each takes up to 20 seconds.",
    ):
        title = f"Validate {job_view.counted(len(waiting), 'document')}"
        control.start(resources.store(), "validate", {"documents": waiting}, title)
        st.switch_page(frame.JOBS)


def _show_state(row: StoredDocument) -> None:
    """Say so where a document is no longer in the lists."""
    newer = document_versions.newer_of(row)
    if row.deleted_at is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning("This document is deleted.", icon=":material/delete:")
            st.button("Undo", icon=":material/undo:", on_click=_restore, args=(row,))
    elif newer is not None:
        st.info("A newer version has replaced this one.", icon=":material/update:")
        document_versions.link(newer, "Open the newer version")


def _show_actions(row: StoredDocument) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            frame.OPERATIONS,
            label="Browse its operations",
            icon=":material/api:",
            query_params={"document": resources.key(row.sha256)},
            width="content",
        )
        st.download_button(
            "Download",
            data=lambda: read_original(resources.store(), row.sha256).data,
            file_name=text.plain(row.name.rpartition("/")[2], limit=100)
            + (".zip" if row.num_files > 1 else ""),
            mime="application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
        )
        if row.deleted_at is None and st.button("Delete", icon=":material/delete:"):
            _ask_to_delete(row)


@st.dialog("Delete this document?", icon=":material/delete:")
def _ask_to_delete(row: StoredDocument) -> None:
    st.markdown(f"**{text.escape(row.title, limit=120)}** · {document_view.facts(row)}")
    st.caption("It leaves every list and search. Links to it still open it, and it can come back.")
    with st.container(horizontal=True):
        if st.button("Delete", type="primary", icon=":material/delete:", key="delete_really"):
            delete_document(resources.store(), row.sha256)
            frame.tell(
                f"Deleted: {text.escape(row.title, limit=80)}. Restore it at the end of Specs.",
                ":material/delete:",
            )
            st.switch_page(frame.SPECS)
        if st.button("Keep it", key="delete_not"):
            st.rerun()


def _leave() -> None:
    st.query_params.pop("document", None)


def _restore(row: StoredDocument) -> None:
    restore_document(resources.store(), row.sha256)
    frame.tell(f"Restored: {text.escape(row.title, limit=80)}", ":material/undo:")

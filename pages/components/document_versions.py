"""The versions of a document: which ones there are, what changed, and which one people see."""

from __future__ import annotations

import streamlit as st

from core.errors import CallwrightError
from core.store.documents import (
    StoredDocument,
    find_document,
    replace_document,
    separate_document,
    versions_of,
)
from pages.components import document_view, frame, resources, text, upload

_SHOWN = 10
"""Likely versions that are offered, the most alike first."""


def show(row: StoredDocument) -> None:
    """Draw what this version replaced and changed, and the ways to replace it."""
    if row.replaces:
        _show_replaced(row, find_document(resources.store(), row.replaces))
    if newer_of(row) is None and row.deleted_at is None:
        for other in resources.likely_versions(row.sha256)[:_SHOWN]:
            _offer(row, other)
        _show_upload(row)


def newer_of(row: StoredDocument) -> StoredDocument | None:
    """The document that stands in this one's place."""
    return next(
        (each for each in versions_of(resources.store(), row.api) if each.replaces == row.sha256),
        None,
    )


def link(row: StoredDocument, label: str) -> None:
    """Draw the way to a document."""
    st.page_link(
        frame.SPECS,
        label=label,
        icon=":material/open_in_new:",
        query_params={"document": resources.key(row.sha256)},
        width="content",
    )


def _show_replaced(row: StoredDocument, old: StoredDocument) -> None:
    st.markdown(f"It replaces **{text.escape(text.document_name(old), limit=100)}**.")
    with st.container(horizontal=True, vertical_alignment="center"):
        link(old, "Open the older version")
        st.button("Show both again", icon=":material/undo:", on_click=_separate, args=(row,))
    _show_changes(old, row)


def _offer(row: StoredDocument, other: StoredDocument) -> None:
    """Draw another document that looks like a version of this one, and let people say which."""
    with st.container(border=True):
        st.caption(
            f"Looks like a version of it: **{text.escape(text.document_name(other), limit=80)}** · "
            f"{document_view.facts(other)} · {text.escape(other.name, limit=60)}"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            _offer_order("This is newer", old=other, new=row)
            _offer_order("That is newer", old=row, new=other)
            link(other, "Open that one")
        with st.expander(
            "What this one changes",
            type="compact",
            key=f"changes_{other.sha256}",
            on_change="rerun",  # large documents take seconds to compare
        ) as changes:
            if changes.open:
                _show_changes(other, row)


def _offer_order(label: str, *, old: StoredDocument, new: StoredDocument) -> None:
    st.button(
        label,
        key=f"newer_{old.sha256}_{new.sha256}",
        help="The newer one takes the older one's place in every list. It can be undone.",
        on_click=replace_document,
        args=(resources.store(),),
        kwargs={"old": old.sha256, "new": new.sha256},
    )


def _show_changes(old: StoredDocument, new: StoredDocument) -> None:
    try:
        document_view.show_changes(resources.changes(old.sha256, new.sha256))
    except CallwrightError as error:
        frame.show_error(error)


def _show_upload(row: StoredDocument) -> None:
    with st.expander("Replace it by a newer version", icon=":material/upload_file:"):
        added = upload.show(f"replace_{row.sha256}")
        if added and added[0].sha256 != row.sha256:
            replace_document(resources.store(), old=row.sha256, new=added[0].sha256)
            st.switch_page(frame.SPECS, query_params={"document": resources.key(added[0].sha256)})
        elif added:
            st.caption("These are the same bytes: there is nothing to replace.")


def _separate(row: StoredDocument) -> None:
    separate_document(resources.store(), row.sha256)

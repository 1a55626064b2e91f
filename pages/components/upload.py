"""The place where a person gives documents. Small ones are there at once, others by a job."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core import uploads
from core.errors import DocumentError
from core.intake import Imported
from core.jobs import control, importing
from core.store.jobs import Job, drops_of
from pages.components import frame, job_view, resources, text

TYPES = ["json", "yaml", "yml", "zip"]

_AT_ONCE = 500_000
"""Bytes that are read in about a second."""
_SHOWN = 5
"""Refusals that are shown; a job's are all listed with it."""


def show(key: str) -> list[Imported]:
    """Draw the uploader; the documents, once those that were just given are imported."""
    given = st.file_uploader(
        "OpenAPI documents",
        type=TYPES,
        accept_multiple_files=True,
        key=key,
        help="Swagger 2.0, OpenAPI 3.0 to 3.2. Files that refer to each other: together, or a zip.",
        label_visibility="collapsed",
    )
    if not given:
        return []
    taken = {file.file_id for file in given}
    if st.session_state.get(f"{key}_taken") != taken:
        st.session_state[f"{key}_taken"] = taken
        st.session_state[f"{key}_job"] = None
        return _take(given, key)
    return wait(f"{key}_job")


def wait(name: str) -> list[Imported]:
    """Draw how far the import is whose number the session keeps; its documents when it ends."""
    number = st.session_state.get(name)
    job = job_view.wait_for(number) if number else None
    if job is None:
        return []
    st.session_state[name] = None
    return _imported(job)


def _take(given: list[UploadedFile], key: str) -> list[Imported]:
    files = _named(given)
    size = sum(file.size for file in given)
    if size <= _AT_ONCE:
        with st.spinner(f"Reading {size / 1e6:,.1f} MB …"):
            result = uploads.import_uploads(resources.store(), files)
        _show_refused([lost.reason for lost in result.refused])
        return list(result.documents)
    with st.spinner(f"Keeping {size / 1e6:,.1f} MB …"):
        kept = uploads.keep(resources.store(), files)
        title = f"Import {given[0].name}" if len(given) == 1 else f"Import {len(given)} files"
        job = control.start(resources.store(), "import-files", {"upload": kept}, title)
    st.session_state[f"{key}_job"] = job.id
    return wait(f"{key}_job")


def _named(given: list[UploadedFile]) -> dict[str, bytes]:
    """Files by name; two of the same name stay two."""
    names = text.distinct(file.name for file in given)
    return {name: file.getvalue() for name, file in zip(names, given, strict=True)}


def _imported(job: Job) -> list[Imported]:
    if job.state != "done":
        _show_refused([job.error or f"The import was {job.state}. Look at it under Jobs."])
        return []
    _show_refused(
        [reason for step, _, reason in drops_of(resources.store(), job.id) if step == "document"]
    )
    return importing.documents_in(job)


def _show_refused(reasons: list[str]) -> None:
    """Say what could not be read; on the next page, too, if this one is left at once."""
    for reason in reasons[:_SHOWN]:
        frame.show_error(DocumentError(reason))
        frame.tell(text.escape(reason, limit=200), ":material/error:")
    if len(reasons) > _SHOWN:
        st.caption(f"… and {len(reasons) - _SHOWN:,} more, which are listed under Jobs.")

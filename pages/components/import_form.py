"""The ways in which documents come: from files, from a web address, from a directory on the web."""

from __future__ import annotations

import streamlit as st

from core import directory
from core.directory import Directory, Entry
from core.errors import CallwrightError
from core.intake import Imported
from core.jobs import control, importing
from core.store.sources import known_places
from pages.components import frame, job_view, resources, text, upload

_WAYS = {
    "files": ":material/upload_file: Files",
    "address": ":material/link: Web address",
    "directory": ":material/menu_book: Directory",
}
_APIS_GURU = "https://api.apis.guru/v2/list.json"
_SHOWN = 12


def show() -> None:
    """Draw the choice of ways and the one that is chosen."""
    with st.container(border=True):
        way = st.segmented_control(
            "Add documents",
            list(_WAYS),
            format_func=_WAYS.__getitem__,
            default="files",
            required=True,
            key="specs_way",
            persist_state="session",
        )
        {"files": _show_files, "address": _show_address, "directory": _show_directory}[way]()


def _show_files() -> None:
    _show_added(upload.show("specs_upload"), "files")
    st.caption("One or many files, or a zip. Swagger 2.0, OpenAPI 3.0 to 3.2, JSON or YAML.")


def _show_address() -> None:
    with st.form("specs_address", border=False):
        url = st.text_input("Address of a document or a zip", placeholder="https://…/openapi.yaml")
        asked = st.form_submit_button("Import", icon=":material/download:")
    if asked and url.strip():
        job = control.start(
            resources.store(), "import-url", {"url": url.strip()}, f"Import {url.strip()}"
        )
        st.session_state["specs_address_job"] = job.id
    _show_added(upload.wait("specs_address_job"), "address")


def _show_directory() -> None:
    with st.form("specs_directory", border=False):
        url = st.text_input("Address of a list.json as APIs.guru has it", value=_APIS_GURU)
        if st.form_submit_button("Read the list", icon=":material/menu_book:"):
            st.session_state["specs_directory_url"] = url.strip()
    if not (read := st.session_state.get("specs_directory_url")):
        st.caption("The list is read first; then you choose what to import.")
        return
    try:
        found = _directory(read)
    except CallwrightError as error:
        frame.show_error(error)
        return
    chosen = _choose(found)
    _show_chosen(chosen, found, _hub(read))
    if chosen and st.button(
        f"Import {job_view.counted(len(chosen), 'document')}",
        icon=":material/download:",
        type="primary",
    ):
        kept = importing.keep_entries(resources.store(), chosen)
        arguments = {"upload": kept, "hub": _hub(read)}
        title = f"Import {job_view.counted(len(chosen), 'document')} from {_hub(read)}"
        control.start(resources.store(), "import-directory", arguments, title)
        st.switch_page(frame.JOBS)


@st.cache_data(show_spinner="Reading the list …", max_entries=3, ttl=3600)
def _directory(url: str) -> Directory:
    return directory.read_directory(url, resources.store().settings)


def _choose(found: Directory) -> tuple[Entry, ...]:
    providers = sorted({entry.provider for entry in found.entries})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        provider = st.selectbox(
            "Provider", providers, index=None, placeholder=f"All {len(providers):,}", width=260
        )
        words = st.text_input("Words in name or title", live="300ms")
        all_versions = st.toggle("Older versions, too")
    return directory.choose(
        found, provider=provider or "", words=words, preferred_only=not all_versions
    )


def _hub(url: str) -> str:
    """What sources call a directory."""
    return "APIs.guru" if url == _APIS_GURU else url


def _show_chosen(chosen: tuple[Entry, ...], found: Directory, hub: str) -> None:
    known = known_places(resources.store(), "hub", hub)
    num_known = sum(entry.url in known for entry in chosen)
    said = [f"{len(chosen):,} of {len(found.entries):,} chosen"]
    if num_known:
        said.append(f"{num_known:,} imported before")
    if found.dropped:
        said.append(f"{len(found.dropped):,} without an address")
    st.caption(" · ".join(said))
    for entry in chosen[:_SHOWN]:
        st.caption(text.escape(entry.label, limit=120))
    if len(chosen) > _SHOWN:
        st.caption(f"… and {len(chosen) - _SHOWN:,} more.")


def _show_added(added: list[Imported], way: str) -> None:
    """Say what has come in this way last, until something else comes."""
    added = st.session_state[f"specs_added_{way}"] = added or st.session_state.get(
        f"specs_added_{way}", []
    )
    if not added:
        return
    known = sum(each.outcome == "known" for each in added)
    operations = sum(each.num_operations for each in added)
    said = f"{job_view.counted(len(added), 'document')} with {operations:,} operations"
    if known == len(added):
        said += ", all of them known before"
    elif known:
        said += f", {known:,} of them known before"
    st.success(f"Added {said}.", icon=":material/check_circle:")
    for each in added[:_SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                frame.SPECS,
                label=text.escape(each.name, limit=100),
                icon=":material/description:",
                query_params={"document": resources.key(each.sha256)},
                width="content",
            )
            if others := resources.likely_versions(each.sha256):
                st.caption(f"Looks like a version of {text.escape(text.document_name(others[0]))}")

"""What a run learns from: an exported version of a dataset, or documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from core.store.database import Store
from core.store.documents import live_documents
from core.store.training_runs import Kind
from pages.components import curation_job, frame, job_view, text
from pipeline.dataset import Version, create_dataset, dataset_names, open_dataset, versions_of
from pipeline.recipe import DocumentRef, Recipe, workspace_documents

SAMPLES = "samples"
"""The name of the dataset that one click makes."""
_SAMPLE_LANGUAGES = ("curl", "python")
_WORKSPACE = "workspace"
_PAIRS = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the data of a run comes from."""

    data: Mapping[str, Any]
    """As :mod:`train.invocation` wants it."""
    name: str
    """Of the dataset; empty for documents."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Rows to train on, by language."""

    def num_rows(self, language: str) -> int:
        """Rows of a language, or of all where none is named."""
        return self.rows.get(language, 0) if language else sum(self.rows.values())


def show(store: Store, kind: Kind) -> Choice | None:
    """Draw the choice; none where there is nothing to choose yet."""
    versions = _versions(store)
    if kind == "sft":
        if not versions:
            _show_first(store)
            return None
        return _show_version(versions)
    return _show_pairs(store, versions)


def name_of(data: Mapping[str, Any]) -> str:
    """What people call the data of a run."""
    if name := data.get("dataset"):
        return str(name)
    return Path(str(data["path"])).name if data.get("path") else "documents"


def _versions(store: Store) -> dict[str, tuple[str, Version]]:
    """Exported versions, by what addresses call them; a dataset's last one first."""
    found = {}
    for name in dataset_names(store.workspace):
        for version in versions_of(open_dataset(store.workspace, name)):
            found[f"{name}/{version.name}"] = (name, version)
    return found


def _show_version(versions: Mapping[str, tuple[str, Version]]) -> Choice:
    address = st.selectbox(
        "Dataset",
        list(versions),
        format_func=lambda each: _title(*versions[each]),
        key="training_dataset",
        help="Its training rows are learnt; its tests are asked. Make others under Curation.",
    )
    name, version = versions[address]
    return Choice({"path": str(version.path), "dataset": name}, name, _training_rows(version))


def _training_rows(version: Version) -> dict[str, int]:
    rows = version.manifest["rows"]
    return {language: rows[language]["train"] for language in rows if rows[language].get("train")}


def _title(name: str, version: Version) -> str:
    made = f"{datetime.fromtimestamp(version.created_at):%d %b %Y, %H:%M}"
    count = sum(_training_rows(version).values())
    return f"{text.plain(name)} · {job_view.counted(count, 'training row')} · {made}"


def _show_pairs(store: Store, versions: Mapping[str, tuple[str, Version]]) -> Choice | None:
    """Questions are made from documents, or are the instructions of a dataset."""
    documents = f"Documents of the workspace ({len(live_documents(store)):,})"
    source = st.selectbox(
        "Questions from",
        [_WORKSPACE, *versions],
        format_func=lambda each: documents if each == _WORKSPACE else _title(*versions[each]),
        key="training_source",
        help="Questions are made from what documents say of their operations, or are the "
        "instructions of a dataset.",
    )
    count = int(
        st.number_input(
            "Questions",
            min_value=1,
            value=_PAIRS,
            step=500,
            key="training_pairs",
            help="At most so many pairs of a question and the operation that answers it.",
        )
    )
    if source == _WORKSPACE:
        return Choice({"pairs": count}, "")
    name, version = versions[source]
    return Choice({"pairs": count, "sources": [str(version.path)], "dataset": name}, name)


def _show_first(store: Store) -> None:
    """Draw how to come by a first dataset, or how far it is."""
    job = curation_job.latest(SAMPLES)
    if job is not None and not job.is_over:
        st.markdown("The dataset is being made. The form comes when it is there.")
        curation_job.show(job)
        return
    st.markdown(
        "A language model learns from a **dataset**: instructions, and the calls that answer them. "
        "There is none yet. One click makes one from the sample APIs in cURL and Python; it takes "
        "about half a minute."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Make one from the samples", type="primary", icon=":material/auto_awesome:"):
            _make_samples(store)
        st.page_link(frame.CURATION, label="Make your own", icon=":material/filter_alt:")


def _make_samples(store: Store) -> None:
    recipe = Recipe(_sample_documents(store), languages=_SAMPLE_LANGUAGES)
    if SAMPLES not in dataset_names(store.workspace):
        create_dataset(store.workspace, SAMPLES, recipe)
    curation_job.begin(SAMPLES)


def _sample_documents(store: Store) -> tuple[DocumentRef, ...]:
    """The sample APIs, or all documents where nobody kept them."""
    everything = workspace_documents(store)
    return tuple(each for each in everything if each.source == "sample") or everything

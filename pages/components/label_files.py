"""Candidates and labels in and out of the workspace, and how far everybody is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.errors import CallwrightError
from core.jobs import control
from core.labeling.export import FORMATS
from core.labeling.sheet import Loaded, load_sheet
from core.store.annotators import list_annotators
from core.store.candidates import count_candidates, pools
from core.store.jobs import UNFINISHED, list_jobs
from core.store.label_actions import last_action
from core.store.labels import VERDICTS, tally
from pages.components import frame, label_samples, resources, text
from pipeline import to_label
from pipeline.dataset import dataset_names, open_dataset

_MIME = {"csv": "text/csv", "jsonl": "application/jsonl"}


def show() -> None:
    """Draw what is there, who has labelled how much, and the ways in and out."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("In", anchor=False)
        _show_import()
        _offer_dataset()
        _show_pools()
    with right:
        st.subheader("Out", anchor=False)
        _show_export()
        st.subheader("People", anchor=False)
        _show_people()


def _show_import() -> None:
    uploaded = st.file_uploader(
        "A CSV or JSON Lines file of candidates or labels", ["csv", "jsonl"]
    )
    st.caption(
        "Columns as API Pack names them: `candidate`, `api_name`, `functionality`, `description`, "
        "`endpoint`, `instance_id`, and for labels `human_label` (G or B) and `annotator`. Rows "
        "that are there already stay as they are."
    )
    if uploaded and st.button("Import", icon=":material/upload:", type="primary"):
        try:
            with st.spinner("Importing …"):
                loaded = load_sheet(resources.store(), uploaded.name, uploaded.getvalue())
        except CallwrightError as error:
            frame.show_error(error)
        else:
            _show_loaded(loaded)


def _show_loaded(loaded: Loaded) -> None:
    said = ", ".join(f"{count:,} {verdict}" for verdict, count in loaded.labels.most_common())
    st.success(
        f"{loaded.num_rows:,} rows, {loaded.num_new:,} new candidates; labels: {said or 'none'}.",
        icon=":material/check:",
    )
    if loaded.left_out:
        with st.expander(f"{len(loaded.left_out):,} rows could not be used"):
            st.text("\n".join(text.plain(problem) for problem in loaded.left_out[:200]))


def _show_pools() -> None:
    counts = pools(resources.store())
    if counts:
        st.dataframe(
            pd.DataFrame({"Came with": map(text.plain, counts), "Candidates": counts.values()}),
            hide_index=True,
        )
    if counts:
        _offer_judging()
    if label_samples.POOL not in counts:
        st.button(
            "Add the sample candidates", icon=":material/science:", on_click=label_samples.add
        )


def _offer_dataset() -> None:
    """Draw the way to label what a dataset's templates or models have written."""
    names = dataset_names(resources.store().workspace)
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox("The candidates of a dataset", names, key="labels_dataset")
        if st.button("Add", icon=":material/add:"):
            try:
                with st.spinner("Adding …"):
                    found = to_label.bring(
                        resources.store(), open_dataset(resources.store().workspace, name)
                    )
            except CallwrightError as error:
                frame.show_error(error)
            else:
                frame.tell(f"{found:,} new candidates.", ":material/check:")
                st.rerun()


def _offer_judging() -> None:
    """Draw the way to have every judge judge every candidate, which orders and filters need."""
    is_going_on = any(job.kind == "judge" for job in list_jobs(resources.store(), UNFINISHED))
    st.button(
        "Have every judge judge all candidates",
        icon=":material/gavel:",
        disabled=is_going_on,
        help="A job. Queues by disagreement and filters by verdict use what it finds.",
        on_click=control.start,
        args=(resources.store(), "judge", {}),
    )


def _show_export() -> None:
    number = last_action(resources.store())
    if not number:
        st.caption("Nobody has labelled anything yet.")
        return
    st.caption("One row per label: candidate, verdict, reasons, who, when, by which guidelines.")
    with st.container(horizontal=True):
        for ending, mime in _MIME.items():
            st.download_button(
                f"Labels as {ending.upper()}",
                lambda ending=ending: FORMATS[ending](resources.store()),
                file_name=f"labels-{number}.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
            )


def _show_people() -> None:
    """Draw the progress of each person and of all of them."""
    said, total = tally(resources.store()), count_candidates(resources.store())
    rows = []
    for person in list_annotators(resources.store()):
        counts = said.get(person.name, {})
        rows.append(
            {
                "Name": text.plain(person.name),
                "Labels": sum(counts.values()),
                "Of all": sum(counts.values()) / total if total else 0.0,
                **{verdict.capitalize(): counts.get(verdict, 0) for verdict in VERDICTS},
                "Is": person.kind,
            }
        )
    if not rows:
        st.caption("Nobody yet.")
        return
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "Of all": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
        },
    )

"""How far a dataset is, what goes on, and what came of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.parse import LANGUAGES
from pages.components import (
    curation_job,
    curation_usage,
    curation_versions,
    frame,
    job_view,
    resources,
)
from pipeline.dataset import Dataset, delete_dataset
from pipeline.funnel import receipts
from pipeline.steps import STEPS


def show(dataset: Dataset) -> None:
    """Draw the job, the steps, the versions, and how to be rid of it all."""
    st.caption(_described(dataset))
    job = curation_job.latest(dataset.name)
    is_busy = job is not None and not job.is_over
    if job:
        curation_job.show(job)
    if not is_busy:
        _show_run(dataset)
    curation_usage.show(dataset, is_busy=is_busy)
    with st.expander("Step by step", icon=":material/checklist:"):
        _show_steps(dataset)
    st.subheader("Versions", anchor=False)
    curation_versions.show(dataset)
    if not is_busy:
        _show_delete(dataset)


def _described(dataset: Dataset) -> str:
    recipe = dataset.recipe
    languages = ", ".join(LANGUAGES[name].title for name in recipe.languages)
    return (
        f"{job_view.counted(len(recipe.documents), 'document')} in {languages} · "
        f"seed {recipe.seed} · values: {recipe.values}"
    )


def _show_run(dataset: Dataset) -> None:
    """Draw how to run the steps again."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Bring up to date", icon=":material/play_arrow:"):
            curation_job.begin(dataset.name)
        st.caption(
            "Makes what is missing or was changed, and nothing twice. By a command: "
            f"`python -m pipeline run --dataset {dataset.name}`"
        )


def _show_steps(dataset: Dataset) -> None:
    rows = []
    for name, step in STEPS.items():
        done, total = receipts(dataset, name), len(step.parts(dataset))
        rows.append(
            {
                "Step": name,
                "What it makes": step.title,
                "Done": len(done) / total if total else 0.0,
                "Parts": f"{len(done):,} of {total:,}",
                "CPU seconds": sum(receipt.seconds for receipt in done),
                "Peak memory": max((receipt.peak_bytes for receipt in done), default=0) / 1e6,
            }
        )
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "Done": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
            "CPU seconds": st.column_config.NumberColumn(format="%.1f"),
            "Peak memory": st.column_config.NumberColumn(format="%.0f MB"),
        },
    )


def _show_delete(dataset: Dataset) -> None:
    with st.popover("Delete the dataset", icon=":material/delete:"):
        st.write("Its versions, seed examples and exceptions go with it. The documents stay.")
        if st.button("Delete it for good", icon=":material/delete:", type="primary"):
            delete_dataset(resources.store().workspace, dataset.name)
            frame.tell(f"Deleted {dataset.name}", ":material/delete:")
            st.switch_page(frame.CURATION)

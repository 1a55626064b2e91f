"""What language models did for a dataset: who did what, what it took, and what failed."""

from __future__ import annotations

import streamlit as st

from pages.components import curation_job, frame, job_view, model_usage, resources, text
from pipeline.dataset import Dataset
from pipeline.usage import ask_again, asked, num_failed, used

_SECONDS = 2


def show(dataset: Dataset, *, is_busy: bool) -> None:
    """Draw it, if any took part."""
    if not dataset.recipe.models:
        return
    with st.expander("Language models", icon=":material/smart_toy:", expanded=True):
        _show_tasks(dataset)
        st.fragment(_show_cost, run_every=_SECONDS if is_busy else None)(dataset)
        if failed := num_failed(dataset):
            _show_failed(dataset, failed, is_busy)


def _show_tasks(dataset: Dataset) -> None:
    """Draw who was asked what, and by which prompt."""
    for what, found in asked(dataset).items():
        for each in found:
            note = f" {text.escape(each['note'])}." if each["note"] else ""
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    f"**{what}**: {text.escape(each['model'])}, seed {each['seed']}.{note}",
                    width="content",
                )
                st.page_link(
                    frame.PROMPTS,
                    label=f"{each['prompt']} ({each['prompt_version']})",
                    icon=":material/edit_note:",
                    query_params={"prompt": each["prompt"]},
                    width="content",
                )


def _show_cost(dataset: Dataset) -> None:
    rows = used(dataset, resources.store().settings)
    if not rows:
        st.caption("Nothing was asked yet.")
        return
    model_usage.show((usage.step.partition(": ")[2], usage, cost) for usage, cost in rows)
    st.caption(
        "Over all runs of a dataset of this name, interrupted ones too. Seconds are the model's: "
        "questions that it answered side by side count each."
    )


def _show_failed(dataset: Dataset, count: int, is_busy: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Ask again for what failed", icon=":material/replay:", disabled=is_busy):
            ask_again(dataset)
            curation_job.begin(dataset.name)
        st.caption(
            f"{job_view.counted(count, 'answer')} did not come or could not be used; *Funnel* says "
            "why. What was answered is not asked again."
        )

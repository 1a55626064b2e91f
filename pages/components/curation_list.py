"""The datasets of the workspace: one row each, opened by a click."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from core.errors import CallwrightError
from pages.components import curation_job, curation_versions, frame, resources, text
from pipeline.dataset import dataset_names, open_dataset, versions_of


def show() -> None:
    """Draw the table; nothing but a word where there is no dataset."""
    names = dataset_names(resources.store().workspace)
    if not names:
        st.caption(
            "There is no dataset yet. Choose documents below, look at three rows, and start."
        )
        return
    st.subheader("Datasets", anchor=False)
    opened = st.session_state.setdefault("curation_opened", 0)
    event = st.dataframe(
        pd.DataFrame([_facts(name) for name in names]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        key=f"curation_table_{opened}",
        column_config={
            "Name": st.column_config.TextColumn(width="medium"),
            "Rows": st.column_config.NumberColumn(format="localized"),
            "Documents": st.column_config.NumberColumn(format="localized"),
        },
    )
    if cells := event.selection.cells:
        st.session_state["curation_opened"] = opened + 1  # another table: nothing is selected in it
        st.switch_page(frame.CURATION, query_params={"dataset": names[cells[0][0]]})
    st.caption("Click a dataset to watch it, to see what was lost, to look at its rows.")


def _facts(name: str) -> dict[str, object]:
    try:
        dataset = open_dataset(resources.store().workspace, name)
    except CallwrightError as error:
        return {"Name": text.plain(name), "State": text.plain(str(error), limit=80)}
    job, versions = curation_job.latest(name), versions_of(dataset)
    made = f"{datetime.fromtimestamp(versions[0].created_at):%d %b %Y, %H:%M}" if versions else ""
    return {
        "Name": name,
        "State": job.state if job else "by command",
        "Rows": curation_versions.num_rows(versions[0]) if versions else None,
        "Documents": len(dataset.recipe.documents),
        "Languages": len(dataset.recipe.languages),
        "Versions": len(versions),
        "Last version": made,
    }

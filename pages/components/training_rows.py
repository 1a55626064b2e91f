"""How hard each training row is for the model that learnt it: bad rows stay hard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from core.errors import CallwrightError
from core.models.trained import newest
from core.parse import LANGUAGES
from core.store.database import Store
from core.store.training_runs import TrainingRun
from pages.components import frame, text, training_job
from train.row_loss import RowLoss, row_losses, start_row_losses

_SHOWN = 200


def show(store: Store, run: TrainingRun) -> None:
    """Draw the rows, the hardest first, or the button that looks for them."""
    if run.kind != "sft" or newest(run.folder) is None:
        return
    st.subheader("Bad rows", anchor=False)
    found = row_losses(run)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            "What the model still gets wrong of what it was taught is often wrong itself."
            if found is None
            else f"{len(found):,} rows, the hardest first."
            + (" Click one to see it in its dataset." if run.data.get("dataset") else ""),
            width="stretch",
        )
        label = "Look for bad rows" if found is None else "Look again"
        if st.button(label, icon=":material/troubleshoot:"):
            _start(store, run)
    training_job.show(store, run, "row-losses")
    if found:
        _show_table(run, found[:_SHOWN])


def _start(store: Store, run: TrainingRun) -> None:
    try:
        start_row_losses(store, run)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.rerun()


def _show_table(run: TrainingRun, rows: Sequence[RowLoss]) -> None:
    opened = st.session_state.setdefault("training_rows_opened", 0)
    event = st.dataframe(
        pd.DataFrame(
            {
                "Loss": row.loss,
                "Instruction": text.plain(row.instruction),
                "Operation": text.plain(row.label, limit=120),
                "Language": LANGUAGES[row.language].title
                if row.language in LANGUAGES
                else text.plain(row.language),
                "Prompt": row.kind,
                "Tokens": row.num_tokens,
            }
            for row in rows
        ),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        key=f"training_rows_{run.id}_{opened}",
        height=min(38 + 35 * len(rows), 320),
        column_config={
            "Loss": st.column_config.NumberColumn(
                format="%.3f", help="Of a token of the call, on the average."
            ),
            "Instruction": st.column_config.TextColumn(width="large"),
        },
    )
    if (cells := event.selection.cells) and run.data.get("dataset"):
        st.session_state["training_rows_opened"] = opened + 1  # nothing is selected in a new table
        _open(run, rows[cells[0][0]])


def _open(run: TrainingRun, row: RowLoss) -> None:
    where = {
        "dataset": str(run.data["dataset"]),
        "tab": "Rows",
        "version": Path(str(run.data["path"])).name,
        "language": row.language,
        "words": row.instruction,
    }
    st.switch_page(frame.CURATION, query_params=where)

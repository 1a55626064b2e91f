"""All runs: a table to open one from, and the curves and settings of several beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from core.store.database import Store
from core.store.training_runs import TrainingRun
from pages.components import frame, text, training_chart, training_data, training_form
from train.metrics import Measured, read_metrics
from train.runs import RunState, state_of

_SECONDS = 2
_ADDRESS = "compare"
_NO_SETTING = "–"


def show(store: Store, runs: Sequence[TrainingRun]) -> None:
    """Draw the table, live while one of them runs, and the comparison of those that are ticked."""
    is_busy = any(state_of(store, run).is_busy for run in runs)
    st.fragment(_show_live, run_every=_SECONDS if is_busy else None)(store, runs, is_busy)


def _show_live(store: Store, runs: Sequence[TrainingRun], was_busy: bool) -> None:
    states = {run.id: state_of(store, run) for run in runs}
    if was_busy and not any(state.is_busy for state in states.values()):
        st.rerun()
    opened = st.session_state.setdefault("training_opened", 0)
    event = st.dataframe(
        pd.DataFrame([_facts(run, states[run.id]) for run in runs]),
        hide_index=True,
        on_select="rerun",
        selection_mode=["multi-row", "single-cell"],
        selection_default={"selection": {"rows": _ticked(runs)}},
        key=f"training_table_{opened}",
        column_config={
            "★": st.column_config.TextColumn(width=30),
            "Done": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
            "Loss": st.column_config.NumberColumn(format="%.3f"),
            **{
                f"Level {level}": st.column_config.NumberColumn(format="percent")
                for level in (1, 2, 3)
            },
        },
    )
    if cells := event.selection.cells:
        st.session_state["training_opened"] = opened + 1  # another table: nothing is ticked in it
        st.switch_page(frame.TRAINING, query_params={"run": str(runs[cells[0][0]].id)})
    chosen = [runs[number] for number in event.selection.rows if number < len(runs)]
    if chosen:
        st.query_params[_ADDRESS] = ",".join(str(run.id) for run in chosen)
        _compare(chosen)
        return
    st.query_params.pop(_ADDRESS, None)
    st.caption("Click a run to open it. Tick several to see their curves over one another.")


def _ticked(runs: Sequence[TrainingRun]) -> list[int]:
    """The rows of the runs that the address names."""
    named = st.query_params.get(_ADDRESS, "").split(",")
    return [number for number, run in enumerate(runs) if str(run.id) in named]


def _facts(run: TrainingRun, state: RunState) -> dict[str, Any]:
    measured = read_metrics(run.folder)
    levels = _last_levels(measured)
    return {
        "★": "★" if run.is_starred else "",
        "Name": run.name,
        "Learns": training_form.TITLES[run.kind],
        "State": state.name,
        "Done": state.step / state.of if state.of else 0.0,
        "Loss": next((each.loss for each in measured[::-1] if each.loss is not None), None),
        **{f"Level {level}": levels.get(str(level)) for level in (1, 2, 3)},
        "Base": text.plain(str(run.settings.get("base", "")), limit=40),
        "Data": text.plain(training_data.name_of(run.data), limit=40),
        "Began": f"{datetime.fromtimestamp(run.created_at):%d %b, %H:%M}",
        "Note": text.plain(run.note, limit=60),
    }


def _last_levels(measured: Sequence[Measured]) -> dict[str, float]:
    found = next((each.levels for each in measured[::-1] if each.levels), {})
    return {level: figure.api_call for level, figure in found.items()}


def _compare(runs: Sequence[TrainingRun]) -> None:
    """Draw the curves of the ticked runs, and in what they differ."""
    training_chart.show({run.name: read_metrics(run.folder) for run in runs}, "training_compare")
    if len(runs) < 2:
        st.caption("Tick another run to compare it with this one.")
        return
    st.markdown("**In what they differ**")
    made = [_made_with(run) for run in runs]
    names = dict.fromkeys(name for each in made for name in each)
    rows = {name: [each.get(name, _NO_SETTING) for each in made] for name in names}
    differing = {name: values for name, values in rows.items() if len(set(values)) > 1}
    if not differing:
        st.caption("In nothing: settings, data and code are the same.")
        return
    table = pd.DataFrame(differing, index=[run.name for run in runs]).T
    st.dataframe(table.reset_index(names="Setting"), hide_index=True)


def _made_with(run: TrainingRun) -> dict[str, str]:
    """What a run was made with, as text."""
    own = {"learns": training_form.TITLES[run.kind], "data hash": run.data_hash}
    own |= {"code version": run.code_version}
    own |= {f"data: {name}": text.plain(str(value)) for name, value in run.data.items()}
    return own | {name: text.plain(str(value)) for name, value in run.settings.items()}

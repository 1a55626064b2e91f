"""How right each engine's calls are, at three levels, while it is measured and after."""

import streamlit as st

from core.jobs import control
from core.store.runs import figures_of
from pages.components import (
    board_cell,
    board_chart,
    board_choice,
    board_start,
    board_table,
    board_view,
    frame,
    resources,
)
from pipeline.evaluation.board import board_rows
from pipeline.evaluation.recording import measured_runs

frame.title(
    "Scoreboard",
    "Engines answer questions whose right calls are known. Every call is read back, compared part "
    "by part, judged by its document, and sent to a mock server; no code is run.",
)
store = resources.store()


def show_board() -> None:
    control.advance(store)
    runs = measured_runs(store)
    busy = board_start.busy_runs(store, runs)
    board_start.show_progress(store, runs, busy)
    figures = figures_of(store, [choice.measure], namings=[choice.naming])
    rows = board_rows(
        runs,
        figures,
        language=choice.language,
        naming=choice.naming,
        is_every_run=choice.is_every_run,
    )
    board_table.show(rows, choice)
    board_chart.show_levels(rows, choice)
    board_chart.show_languages(rows, figures, choice)
    if was_busy and not busy:
        st.rerun()


all_runs = measured_runs(store)
board_start.show(store, all_runs)
view = board_view.choose()
if view != board_view.BOARD:
    board_view.show(view, store, all_runs)
    st.stop()
if not all_runs:
    st.stop()
was_busy = bool(board_start.busy_runs(store, all_runs))
choice = board_choice.show(all_runs)
st.fragment(show_board, run_every=1.5 if was_busy else None)()
board_cell.show(store, all_runs, choice)

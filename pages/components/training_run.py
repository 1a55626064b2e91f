"""One training run: how far it is, its curves, what it was made with, and what to do with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from core.errors import CallwrightError
from core.jobs import control
from core.store.database import Store
from core.store.training_runs import TrainingRun, note_run, star_run, training_run
from pages.components import (
    frame,
    job_view,
    text,
    training_chart,
    training_data,
    training_form,
    training_rows,
    training_use,
)
from train.invocation import command_of, config_of
from train.metrics import Measured, read_metrics
from train.runs import RunState, delete_run, resume_run, state_of, stop_run

_SECONDS = 2
_COLORS = {
    "waiting": "gray",
    "training": "blue",
    "measuring": "violet",
    "stopped": "orange",
    "done": "green",
    "failed": "red",
}


def show(store: Store, address: str) -> None:
    """Draw a run. Raises ``UnknownNameError`` where the address names none."""
    if st.button("All runs", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page(frame.TRAINING)
    run = training_run(store, int(address) if address.isdecimal() else 0)
    state = state_of(store, run)
    _show_title(store, run)
    is_busy = state.is_busy
    st.fragment(_show_live, run_every=_SECONDS if is_busy else None)(store, run, state)
    training_use.show(store, run, state)
    training_rows.show(store, run)
    _show_making(store, run)


def _show_title(store: Store, run: TrainingRun) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(text.escape(run.name), anchor=False, width="content")
        st.button(
            "Unstar" if run.is_starred else "Star",
            icon=":material/star:" if run.is_starred else ":material/star_border:",
            type="tertiary",
            on_click=star_run,
            args=(store, run.id, not run.is_starred),
        )
    began = f"{datetime.fromtimestamp(run.created_at):%d %b %Y, %H:%M}"
    base = text.code(str(run.settings.get("base", "")), limit=80)
    data = text.escape(training_data.name_of(run.data), limit=80)
    st.caption(f"{training_form.TITLES[run.kind]} · from {base} · on {data} · {began}")
    note = st.text_input(
        "Note",
        run.note,
        key=f"training_note_{run.id}",
        placeholder="A note for later",
        label_visibility="collapsed",
        max_chars=500,
    )
    if note != run.note:
        note_run(store, run.id, note or "")


def _show_live(store: Store, run: TrainingRun, was: RunState) -> None:
    """Draw how far a run is; the page anew when that changes what can be done with it."""
    control.advance(store)
    state, measured = state_of(store, run), read_metrics(run.folder)
    if state.is_busy != was.is_busy:
        st.rerun(scope="app")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":{_COLORS[state.name]}[:material/circle:] {text.escape(state.sentence, limit=600)}",
            width="stretch",
        )
        _show_controls(store, run, state)
    if state.is_busy:
        st.progress(min(1.0, state.step / state.of) if state.of else 0.0, _left(measured, state))
    _show_figures(measured)
    training_chart.show({run.name: measured}, f"training_{run.id}")


def _show_controls(store: Store, run: TrainingRun, state: RunState) -> None:
    if state.is_busy:
        if st.button(
            "Stop",
            icon=":material/stop_circle:",
            help="Its last checkpoint stays, and it can go on.",
        ):
            _act(stop_run, store, run, "Stopping …")
    elif state.name != "done" and st.button(
        "Resume", type="primary", icon=":material/resume:", help="Goes on at its last checkpoint."
    ):
        _act(resume_run, store, run, "Going on …")
    with st.popover("Delete", icon=":material/delete:"):
        size = sum(path.lstat().st_size for path in run.folder.rglob("*") if path.is_file())
        st.write(
            f"Its weights, checkpoints and curves go for good, and {_megabytes(size)} of the disk "
            "are free again."
        )
        if st.button("Delete this run", type="primary"):
            _delete(store, run)


def _act(
    act: Callable[[Store, TrainingRun], None], store: Store, run: TrainingRun, says: str
) -> None:
    try:
        with st.spinner(says):
            act(store, run)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.rerun(scope="app")


def _delete(store: Store, run: TrainingRun) -> None:
    try:
        freed = delete_run(store, run)
    except CallwrightError as error:
        frame.show_error(error)
        return
    said = f"{text.escape(run.name)} is gone, and {_megabytes(freed)} of the disk are free."
    frame.tell(said, ":material/delete:")
    st.switch_page(frame.TRAINING)


def _show_figures(measured: Sequence[Measured]) -> None:
    """Draw the last of each figure."""
    if not measured:
        return
    found = {
        "Loss": _last(measured, "loss", "{:.3f}"),
        "Held back": _last(measured, "eval_loss", "{:.3f}"),
        "Tokens/s": _last(measured, "tokens_per_second", "{:,.0f}"),
        "Memory": _last(measured, "memory_bytes", "{:,.1f}", 1e-9, " GB"),
        "s/example": _last(measured, "device_seconds_per_example", "{:.3g}"),
    }
    levels = next((each.levels for each in measured[::-1] if each.levels), {})
    found |= {f"Level {level}": f"{levels[level].api_call:.0%}" for level in sorted(levels)}
    with st.container(horizontal=True):
        for label, value in found.items():
            if value:
                st.metric(label, value, border=True, width=140)


def _last(
    measured: Sequence[Measured], name: str, form: str, scale: float = 1.0, unit: str = ""
) -> str:
    values = [getattr(each, name) for each in measured if getattr(each, name) is not None]
    return form.format(values[-1] * scale) + unit if values else ""


def _left(measured: Sequence[Measured], state: RunState) -> str:
    """How long it will go on, by the last steps."""
    recent = [each for each in measured if each.loss is not None][-10:]
    if len(recent) < 2 or recent[-1].at <= recent[0].at or state.name != "training":
        return f"step {state.step:,} of {state.of:,}" if state.of else "Getting ready …"
    pace = (recent[-1].at - recent[0].at) / (recent[-1].step - recent[0].step)
    left = max(0.0, (state.of - recent[-1].step) * pace - (time.time() - recent[-1].at))
    return f"step {state.step:,} of {state.of:,}, about {job_view.duration(left)} left"


def _show_making(store: Store, run: TrainingRun) -> None:
    with st.expander("What it is made with", icon=":material/tune:"):
        st.caption(
            f"Data {text.code(run.data_hash or 'not read yet')}, code "
            f"{text.code(run.code_version or 'not known yet')}. The same data, settings and code "
            "give the same curve."
        )
        st.code(text.plain(command_of(run), limit=4_000), language="bash", wrap_lines=True)
        st.code(config_of(run), language="toml")
    if run.job is not None:
        with st.expander("Log", icon=":material/notes:", on_change="rerun") as log:
            if log.open:
                said = control.log_tail(store, run.job)
                st.code(text.paragraph(said, limit=20_000) or "Nothing yet.", language=None)


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"

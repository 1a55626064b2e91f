"""What to do with a trained model: ask it, measure it, search with it, take it away, serve it."""

from __future__ import annotations

import shlex

import streamlit as st

from core.errors import CallwrightError
from core.models.trained import is_done, model_path, newest
from core.store.database import Store
from core.store.jobs import Job, list_jobs
from core.store.preferences import with_preferences
from core.store.training_runs import TrainingRun
from pages.components import frame, model_choice, resources, text, training_job
from train.runs import RunState, evaluate_run
from train.serving import can_serve, export_run, serve_run, served_path, serving_command

_CHOICES = {"retriever": "embedder", "reranker": "reranker"}
_PORT = 8001


def show(store: Store, run: TrainingRun, state: RunState) -> None:
    """Draw what can be done with a run's weights; nothing where there are none yet."""
    if run.kind == "sft":
        _show_model(store, run, state)
    elif is_done(run.folder):
        _show_choice(store, run)


def _show_model(store: Store, run: TrainingRun, state: RunState) -> None:
    if newest(run.folder) is None:
        return
    st.subheader("Use it", anchor=False)
    if not is_done(run.folder):
        st.caption("These are the weights of its last checkpoint; it can learn more.")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Ask it in the chat", icon=":material/forum:", type="primary"):
            resources.chat().reopen_engines()  # the name means newer weights than it may have
            st.switch_page(frame.CHAT, query_params={"engine": f"free-0+{run.name}"})
        if st.button(
            "Measure all levels",
            icon=":material/leaderboard:",
            help="Asks it the tests of its dataset; the figures stand on the scoreboard.",
        ):
            _measure(store, run)
        if st.button(
            "Serve with vLLM",
            icon=":material/dns:",
            disabled=not can_serve(),
            help="Until this app ends, or its job is cancelled."
            if can_serve()
            else "vLLM is not installed here; the commands stand below.",
        ):
            _serve(store, run)
        st.page_link(frame.SCOREBOARD, label="Scoreboard", icon=":material/arrow_forward:")
        st.page_link(frame.MODELS, label="Models", icon=":material/arrow_forward:")
    if job := _evaluation(store, run):
        training_job.show_job(store, job)
    training_job.show(store, run, "serve-model")
    if state.name == "done":
        _show_taking(run)


def _measure(store: Store, run: TrainingRun) -> None:
    try:
        evaluate_run(store, run)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.rerun()


def _serve(store: Store, run: TrainingRun) -> None:
    try:
        serve_run(store, run)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.rerun()


def _evaluation(store: Store, run: TrainingRun) -> Job | None:
    """The last job that asks this model alone."""
    engine = f"+{run.name}"
    for job in list_jobs(store):
        plans = job.arguments.get("plans") or ()
        if job.kind == "evaluate" and plans and all(p["engine"].endswith(engine) for p in plans):
            return job
    return None


def _show_choice(store: Store, run: TrainingRun) -> None:
    """Draw the switch to a retriever or a reranker."""
    st.subheader("Use it", anchor=False)
    choice, folder = _CHOICES[run.kind], str(model_path(run.folder))
    is_used = getattr(with_preferences(store).settings, choice) == folder
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"In use as {choice}" if is_used else f"Use as {choice}",
            type="primary",
            icon=":material/check:" if is_used else ":material/travel_explore:",
            disabled=is_used or choice in resources.store().settings.fixed,
            help="From the next question on; operations are learnt anew in a job.",
            on_click=model_choice.choose,
            args=(choice, folder),
        )
        st.page_link(frame.MODELS, label="Models", icon=":material/network_intelligence:")
    st.code(f"CALLWRIGHT_{choice.upper()}={shlex.quote(folder)}", language="bash", wrap_lines=True)


def _show_taking(run: TrainingRun) -> None:
    """Draw how it leaves the program."""
    with st.expander("Take it away", icon=":material/output:"):
        st.caption(
            "A folder that transformers loads and vLLM serves; an adapter is added to the weights "
            "of its base."
        )
        if st.button("Export", icon=":material/save_alt:"):
            _export(run)
        st.caption("The same by a command, and a server of it that *Models* can add:")
        words = ["python", "-m", "train", "export", str(run.folder), "--out", str(served_path(run))]
        st.code(text.plain(shlex.join(words), limit=2_000), language="bash", wrap_lines=True)
        command = serving_command(run, _PORT)
        st.code(text.plain(command, limit=2_000), language="bash", wrap_lines=True)


def _export(run: TrainingRun) -> None:
    try:
        with st.spinner("Exporting …"):
            folder = export_run(run, lambda _: None)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.success(f"It lies in {text.code(str(folder))}.", icon=":material/check_circle:")

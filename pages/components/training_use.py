"""What to do with a trained model: ask it, measure it, search with it, take it away, serve it."""

from __future__ import annotations

import shlex

import streamlit as st

from core.errors import CallwrightError
from core.models.trained import is_done, model_path, newest
from core.store.database import Store
from core.store.jobs import list_jobs
from core.store.preferences import with_preferences
from core.store.training_runs import TrainingRun
from pages.components import frame, job_view, model_choice, resources, text
from train.measuring import Measuring
from train.runs import RunState, evaluate_run

_CHOICES = {"retriever": "embedder", "reranker": "reranker"}
_EVALUATIONS = "training_evaluations"
_SECONDS = 1.5
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
    engine = f"free-0+{run.name}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("Ask it in the chat", icon=":material/forum:", type="primary"):
            st.switch_page(frame.CHAT, query_params={"engine": engine})
        if st.button(
            "Measure all levels",
            icon=":material/leaderboard:",
            help="Asks it the tests of its dataset; the figures stand on the scoreboard.",
        ):
            _measure(store, run)
        st.page_link(frame.SCOREBOARD, label="Scoreboard", icon=":material/leaderboard:")
        st.page_link(frame.MODELS, label="Models", icon=":material/network_intelligence:")
    _show_evaluation(store, run)
    if state.name != "done":
        st.caption("These are the weights of its last checkpoint; it can learn more.")
        return
    _show_commands(run)


def _measure(store: Store, run: TrainingRun) -> None:
    measuring = Measuring(**{**run.measuring, "every": 0})
    try:
        job = evaluate_run(store, run, measuring)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.session_state.setdefault(_EVALUATIONS, {})[run.id] = job.id


def _show_evaluation(store: Store, run: TrainingRun) -> None:
    """Draw how far the evaluation is that was asked for here."""
    number = st.session_state.get(_EVALUATIONS, {}).get(run.id)
    job = next((each for each in list_jobs(store) if each.id == number), None)
    if job is None:
        return
    if not job.is_over:
        st.fragment(_watch, run_every=_SECONDS)(job.id)
    else:
        job_view.show(job)


def _watch(number: int) -> None:
    job_view.wait_for(number)


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


def _show_commands(run: TrainingRun) -> None:
    """Draw how it leaves the program."""
    folder = run.folder.parent / f"{run.name}-export"
    with st.expander("Take it away, or serve it with vLLM", icon=":material/output:"):
        st.caption("A folder that transformers loads, an adapter added to the weights of its base:")
        words = ["python", "-m", "train", "export", str(run.folder), "--out", str(folder)]
        st.code(text.plain(shlex.join(words), limit=2_000), language="bash", wrap_lines=True)
        st.caption("A server of it, which *Models* then adds:")
        serve = ["python", "-m", "vllm.entrypoints.openai.api_server", "--model", str(folder)]
        serve += ["--served-model-name", run.name, "--port", str(_PORT)]
        st.code(text.plain(shlex.join(serve), limit=2_000), language="bash", wrap_lines=True)

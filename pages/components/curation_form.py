"""A new dataset: its documents, languages and steps; three rows of it to look at; and its start."""

from __future__ import annotations

import os
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.errors import CallwrightError
from core.parse import LANGUAGES
from core.values import POLICIES
from pages.components import (
    curation_documents,
    curation_job,
    curation_models,
    frame,
    resources,
    text,
)
from pages.components.curation_documents import Chosen
from pipeline.curation import command_of, preview
from pipeline.dataset import create_dataset, dataset_names
from pipeline.recipe import Recipe
from pipeline.row import DatasetRow
from pipeline.steps import STEPS
from pipeline.workers import LOCAL, engines_here

_PREVIEWED = "curation_previewed"
_MADE_BY = {LOCAL: "Processes of this machine", "ray": "Ray"}


@dataclass(frozen=True, slots=True)
class _Run:
    """What is asked for besides the recipe."""

    name: str
    steps: tuple[str, ...]
    workers: int
    engine: str


def show() -> None:
    """Draw the form."""
    st.subheader("A new dataset", anchor=False)
    chosen = curation_documents.show()
    if not chosen.documents:
        return
    run = _show_run()
    fields = curation_models.show(chosen.num_operations) | _show_recipe()
    try:
        recipe = Recipe(documents=chosen.documents, **fields)
    except CallwrightError as error:
        frame.show_error(error)
        return
    _show_command(recipe, run, chosen)
    with st.container(horizontal=True):
        if st.button(
            "Preview three rows",
            icon=":material/visibility:",
            help="By templates, rules and measures: no language model is asked.",
        ):
            st.session_state[_PREVIEWED] = recipe.sha256
        if st.button("Start", icon=":material/play_arrow:", type="primary"):
            _start(recipe, run)
    if st.session_state.get(_PREVIEWED) == recipe.sha256:
        _show_preview(recipe)


def _show_run() -> _Run:
    name = st.text_input("Name", value=_free_name(), key="curation_name", max_chars=64, width=340)
    steps = st.pills(
        "Steps",
        list(STEPS),
        default=list(STEPS),
        selection_mode="multi",
        key="curation_steps",
        help="Later ones need what the earlier ones make.",
    )
    return _Run(
        name=(name or "").strip(),
        steps=tuple(steps),
        workers=st.session_state.get("curation_workers", 1),
        engine=st.session_state.get("curation_engine", LOCAL),
    )


def _show_recipe() -> dict[str, object]:
    """Draw what a recipe says besides its documents; its fields."""
    languages = st.pills(
        "Languages",
        list(LANGUAGES),
        default=list(LANGUAGES),
        selection_mode="multi",
        key="curation_languages",
        format_func=lambda name: LANGUAGES[name].title,
    )
    with st.expander("More settings", icon=":material/tune:"):
        columns = st.columns(4)
        fields: dict[str, object] = {
            "languages": tuple(name for name in LANGUAGES if name in languages),
            "seed": int(columns[0].number_input("Seed", 0, value=Recipe.seed)),
        }
        about = ("asked in new words", "held out", "of APIs, held out")
        for level, column in zip((1, 2, 3), columns[1:], strict=True):
            field = f"level_{level}"
            default = getattr(Recipe, field)
            fields[field] = column.number_input(
                f"Level {level}", 0.0, 0.9, default, 0.05, help=f"Share {about[level - 1]}."
            )
        left, right = st.columns(2)
        fields["values"] = left.selectbox(
            "Values in calls", list(POLICIES), index=list(POLICIES).index(Recipe.values)
        )
        _show_workers(right)
        fields["english_only"] = st.toggle("Only documents in English", value=True)
        fields["own_calls"] = st.toggle("Keep calls that documents bring", value=True)
        fields["jsonl"] = st.toggle("JSON Lines beside Parquet", value=True)
    return fields


def _show_workers(column: DeltaGenerator) -> None:
    """Draw who makes the dataset: processes of this machine, or Ray where it is installed."""
    engines = engines_here()
    engine = LOCAL
    if len(engines) > 1:
        engine = column.selectbox(
            "Made by", engines, key="curation_engine", format_func=lambda name: _MADE_BY[name]
        )
    most = min(os.cpu_count() or 1, curation_job.MOST_WORKERS)
    if engine != LOCAL and resources.store().settings.ray_address:
        most = curation_job.MOST_ON_CLUSTER
    if most > 1:
        column.number_input("Processes", 1, most, 1, key="curation_workers")


def _show_command(recipe: Recipe, run: _Run, chosen: Chosen) -> None:
    steps = () if run.steps == tuple(STEPS) else run.steps
    st.caption("The same by a command:")
    command = command_of(
        recipe,
        run.name or "NAME",
        steps,
        workers=run.workers,
        engine=run.engine,
        names_documents=not chosen.is_all,
    )
    st.code(text.plain(command, limit=4_000), language="bash", wrap_lines=True)


def _start(recipe: Recipe, run: _Run) -> None:
    workspace = resources.store().workspace
    if not run.steps:
        st.error("No step is chosen. Choose at least one.", icon=":material/error:")
        return
    if run.name in dataset_names(workspace):
        st.error(
            f"There is a dataset “{text.escape(run.name)}” already. Choose another name, or open "
            "it and go on there.",
            icon=":material/error:",
        )
        return
    try:
        create_dataset(workspace, run.name, recipe)
        curation_job.start(run.name, run.steps, run.workers, run.engine)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.switch_page(frame.CURATION, query_params={"dataset": run.name})


def _show_preview(recipe: Recipe) -> None:
    try:
        rows = _preview(recipe.sha256, recipe)
    except CallwrightError as error:
        frame.show_error(error)
        return
    if not rows:
        st.caption("The smallest of these documents give no row. Choose others to see some.")
        return
    for row, column in zip(rows, st.columns(len(rows)), strict=True):
        with column.container(border=True):
            st.markdown(f"**{text.escape(row.instruction, limit=400)}**")
            st.caption(f"{text.escape(row.api_name, limit=80)} · {LANGUAGES[row.language].title}")
            st.code(row.api_call, language=None, wrap_lines=True)


@st.cache_data(show_spinner="Making three rows …", max_entries=20)
def _preview(sha256: str, _recipe: Recipe) -> list[DatasetRow]:
    return preview(_recipe, resources.store().settings)


def _free_name() -> str:
    """The first ``dataset-N`` that is not there; the same until it is taken."""
    taken = set(dataset_names(resources.store().workspace))
    return next(name for number in range(1, 10_000) if (name := f"dataset-{number}") not in taken)

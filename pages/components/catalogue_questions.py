"""The labelled questions of a catalogue: made, counted, listed, exported."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.catalogue.folder import Questions, hand_written, questions_file, read_questions
from core.errors import CallwrightError
from core.jobs import control
from core.store.model_servers import model_offers
from pages.components import catalogue_cache, catalogue_job, frame, job_view, resources, text
from pipeline.catalogue import HAND, TEMPLATES, WRITING, add_questions, make_questions

_LINE = (
    '{"id": "1", "question": "zoom to level 12", "module": "view", "function": "set_zoom", '
    '"arguments": {"level": 12}}'
)


def show(name: str) -> None:
    """Draw the form, the counts and the list."""
    _show_form(name)
    _show_import(name)
    questions = read_questions(resources.store().workspace, name)
    if not questions.examples:
        st.caption("There are no questions yet. Make some, and then measure who chooses right.")
        return
    _show_counts(name, questions)
    rows = [
        {
            "Question": text.plain(each.question),
            "Module": text.plain(each.module, limit=80),
            "Function": text.plain(each.function.rpartition(".")[2], limit=80),
            "Arguments": text.plain(json.dumps(dict(each.arguments), ensure_ascii=False)),
            "From": text.plain(each.origin),
        }
        for each in questions.examples
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    st.download_button(
        "Questions as JSON",
        lambda: json.dumps(questions_file(questions), ensure_ascii=False, indent=2),
        file_name=f"{name}-questions.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
    )


def _show_form(name: str) -> None:
    models = dict.fromkeys(each.name for each in model_offers(resources.store()))
    with st.form("catalogue_questions", border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            writer = st.selectbox(
                "Written by",
                ["", *models],
                format_func=lambda name: text.plain(name, limit=80) or "templates",
                help="A language model asks as people do; *Models* adds one, *Prompts* shows what "
                "it is told.",
                width=200,
                key="catalogue_writer",
            )
            count = st.number_input("For each function", 1, 50, 8, width=160)
            seed = st.number_input("Seed", 0, 1_000_000, 1, width=160)
            asked = st.form_submit_button("Make questions", icon=":material/auto_awesome:")
        st.caption(
            "Templates ask as nobody does: good to copy and to train on. Those that others wrote "
            "stay; those of the same writer are made anew."
        )
    wanted = {"per_function": int(count), "seed": int(seed)}
    going_on = catalogue_job.going_on(WRITING, name)
    if asked and writer and not going_on:
        arguments = {"catalogue": name, "model": writer, **wanted}
        title = f"Questions by {text.plain(writer, limit=80)}"
        going_on = control.start(resources.store(), WRITING, arguments, title)
    elif asked and not writer:
        _make(name, **wanted)
    if going_on:
        job_view.wait_for(going_on.id)


def _make(name: str, per_function: int, seed: int) -> None:
    try:
        with st.spinner("Making questions …"):
            made = make_questions(resources.store(), name, per_function=per_function, seed=seed)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        _show_made(made)


def _show_import(name: str) -> None:
    with st.expander("Add questions that people wrote", icon=":material/upload_file:"):
        uploaded = st.file_uploader("JSON Lines", ["jsonl"])
        st.code(_LINE, language="json", wrap_lines=True)
        if uploaded and st.button("Add them", icon=":material/upload:", type="primary"):
            try:
                found = hand_written(uploaded.name, uploaded.getvalue())
                dropped = add_questions(resources.store(), name, found)
            except CallwrightError as error:
                frame.show_error(error)
            else:
                st.success(_told(len(found) - dropped.total(), dropped), icon=":material/check:")


def _told(kept: int, dropped: Mapping[str, int]) -> str:
    said = ", ".join(f"{count:,} {reason}" for reason, count in dropped.items())
    return f"{kept:,} questions kept. Left out: {said or 'none'}."


def _show_made(made: Questions) -> None:
    kept = sum(each.origin == TEMPLATES for each in made.examples)
    st.success(_told(kept, made.provenance["dropped"]), icon=":material/check:")


def _show_counts(name: str, questions: Questions) -> None:
    origins = Counter(each.origin for each in questions.examples)
    by_function = Counter(each.function for each in questions.examples)
    labels = list(catalogue_cache.catalogue(name).by_label)
    spread = [by_function[label] for label in labels]
    figures = {
        "Questions": f"{len(questions.examples):,}",
        "Written by people": f"{origins[HAND]:,}",
        "From templates": f"{origins[TEMPLATES]:,}",
        "By language models": f"{origins.total() - origins[HAND] - origins[TEMPLATES]:,}",
        "For each function": f"{min(spread):,} to {max(spread):,}",
    }
    for column, (what, value) in zip(st.columns(len(figures)), figures.items(), strict=True):
        column.metric(what, value)

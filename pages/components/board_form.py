"""The form of a run: engines with and without a model, questions, and every setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core.engines import engine_names
from core.errors import CallwrightError
from core.parse import LANGUAGES
from core.store.database import Store
from pages.components import frame, text
from pipeline.evaluation.contestant import ENGINES, check_engine
from pipeline.evaluation.plan import NAMINGS, POLICIES, POOLS, Plan
from pipeline.evaluation.question_sets import question_set_names


def show(store: Store, start: Callable[[Store, Sequence[Plan]], None]) -> None:
    """Draw the form; ``start`` takes what it asks for."""
    with st.form("board_form", border=False):
        engines = st.multiselect(
            "Engines",
            [*ENGINES, *(name for name in engine_names(store) if "+" in name)],
            default=list(ENGINES),
            format_func=lambda name: text.plain(name, limit=80),
            accept_new_options=True,
            help="Engines with a language model are here as soon as a model is: see Models. You "
            "may also write one, such as `free-0+transformers:FOLDER`.",
        )
        test_set = st.selectbox("Questions", question_set_names(store))
        pools = st.multiselect(
            "Where engines look", list(POOLS), default=list(POOLS), format_func=POOLS.__getitem__
        )
        languages = st.multiselect(
            "Languages",
            list(LANGUAGES),
            default=list(LANGUAGES),
            format_func=lambda name: LANGUAGES[name].title,
        )
        limit = st.number_input("Questions of each level (0: all)", min_value=0, value=0)
        settings = {**_settings(), **_training()}
        is_asked = st.form_submit_button("Start", type="primary", icon=":material/play_arrow:")
    if not is_asked:
        return
    if not (engines and pools and languages):
        st.caption("Choose at least one engine, one place to look and one language.")
        return
    try:
        plans = [
            Plan(
                check_engine(engine),
                test_set=test_set,
                pool=pool,
                languages=tuple(languages),
                limit=int(limit) or None,
                **settings,
            )
            for engine in engines
            for pool in pools
        ]
    except CallwrightError as error:
        frame.show_error(error)
    else:
        start(store, plans)


def _settings() -> dict[str, object]:
    """What else can be said of a run."""
    with st.expander("More settings", icon=":material/tune:"):
        return {
            "naming": st.selectbox("Words", list(NAMINGS), format_func=NAMINGS.__getitem__),
            "policy": st.selectbox("Values", list(POLICIES), format_func=POLICIES.__getitem__),
            "words_only": st.toggle("Words only", help="Do without the embedder."),
            "may_abstain": st.toggle(
                "May say that nothing fits", True, help="The models of the paper always answer."
            ),
            "executes": st.toggle("Send requests to a mock server", True),
            "repeats": int(st.number_input("Times each question is asked", 1, 20, 1)),
            "seed": int(st.number_input("Seed of the order", 0, 1_000_000, 0)),
        }


def _training() -> dict[str, object]:
    """What a model was trained on: kept with the run, for boards that compare by it."""
    with st.expander("What the model was trained on", icon=":material/model_training:"):
        st.caption("Of a model that was trained here this is known; of any other you may say it.")
        size = st.number_input("Rows (0: not known)", min_value=0, value=0)
        return {
            "base_model": st.text_input("Base model", max_chars=200),
            "template": st.text_input("Template of the prompts", max_chars=200),
            "mixture": st.text_input("Mixture of languages", max_chars=200),
            "data_size": int(size) or None,
        }

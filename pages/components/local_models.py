"""Language models that this machine runs itself: weights in a folder, or of the hub's cache."""

from __future__ import annotations

import subprocess
import sys

import streamlit as st

from core.errors import CallwrightError
from core.inventory import Model, language_model
from core.models.opening import Weights
from core.models.trained import Trained
from core.store.model_servers import model_offers
from core.store.model_weights import KeptWeights, add_weights, kept_weights, remove_weights
from pages.components import frame, resources, text

_TEST_SECONDS = 600
_SAID = "models_weights_said"
"""Where a session keeps what came of the last test of each model."""


def show() -> None:
    """Draw the models, those that were trained here among them, and the form that adds one."""
    for kept in kept_weights(resources.store()):
        _show_weights(kept)
    trained = [each for each in model_offers(resources.store()) if isinstance(each, Trained)]
    for run in trained:
        with st.container(border=True):
            st.markdown(f"**{text.escape(run.name)}** :green-badge[trained here]")
            st.caption(text.code(str(run.folder), limit=200))
    _show_form()


def _show_weights(kept: KeptWeights) -> None:
    weights = kept.weights
    model = language_model(weights.path_or_name)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            badge = ":green-badge[here]" if model.is_here else ":gray-badge[not here]"
            st.markdown(f"**{text.escape(weights.name)}** {badge}", width="stretch")
            tested = st.button("Test", key=f"weights_test_{kept.id}", disabled=not model.is_here)
            st.button(
                "Remove",
                key=f"weights_remove_{kept.id}",
                icon=":material/delete:",
                help="Its files stay.",
                on_click=_remove,
                args=(kept,),
            )
        st.caption(f"{text.code(weights.path_or_name, limit=200)}{_size(model)}")
        if model.get:
            st.caption("To bring it, with a network:")
            st.code(f".venv/bin/{model.get}", language="bash", wrap_lines=True)
        if tested:
            with st.spinner("It is loaded in a process of its own …"):
                st.session_state.setdefault(_SAID, {})[kept.id] = _test(weights)
        if said := st.session_state.get(_SAID, {}).get(kept.id):
            worked, words = said
            (st.success if worked else st.error)(text.escape(words, limit=600))


def _size(model: Model) -> str:
    return (
        f" · {model.megabytes:,} MB of weights, and about as much memory" if model.megabytes else ""
    )


def _test(weights: Weights) -> tuple[bool, str]:
    """Whether it says something, and what the command that tried it said."""
    command = [sys.executable, "-m", "core", "models", "test", weights.name]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_TEST_SECONDS)
    except subprocess.TimeoutExpired:
        return False, f"It said nothing within {_TEST_SECONDS // 60} minutes."
    words = (ran.stdout if ran.returncode == 0 else ran.stderr).strip()
    return ran.returncode == 0, words.splitlines()[-1] if words else "It ended without a word."


def _show_form() -> None:
    with (
        st.expander("Add a model of this machine", icon=":material/memory:"),
        st.form("models_weights", border=False, clear_on_submit=True),
    ):
        st.caption("It answers one question at a time: for small models, or where there is a GPU.")
        path = st.text_input(
            "Weights",
            placeholder="a folder on this machine, or a name on Hugging Face",
            key="weights_path",
            max_chars=500,
        )
        name = st.text_input("What to call it", key="weights_name", max_chars=80)
        if st.form_submit_button("Add it") and path.strip():
            _add(path.strip(), name.strip())


def _add(path: str, name: str) -> None:
    """Keep the model and draw the page with it, or say what is wrong."""
    model = language_model(path)
    called = name or path.rstrip("/").rpartition("/")[2]
    try:
        add_weights(resources.store(), Weights(called, model.name))
    except CallwrightError as error:
        frame.show_error(error)
        return
    resources.chat().reopen_engines()
    frame.tell(f"{text.escape(called)} can be chosen in the chat.", ":material/check_circle:")
    st.rerun()


def _remove(kept: KeptWeights) -> None:
    try:
        remove_weights(resources.store(), kept.id)
    except CallwrightError as error:
        frame.show_error(error)
        return
    resources.chat().reopen_engines()

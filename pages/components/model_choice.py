"""Models to choose from: what each is, whether it is here, and the switch to it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.inventory import Model
from core.jobs.indexing import ask_for_index
from core.store.preferences import save_preference, with_preferences
from pages.components import frame, resources, text


def show(kind: str, models: Sequence[Model], current: str, notes: dict[str, str]) -> None:
    """Draw the models of a kind, ``embedder`` or ``reranker``, each with its switch.

    ``notes`` say more about some of them, by name.
    """
    fixed = kind in resources.store().settings.fixed
    if fixed:
        st.caption(
            f"The environment variable `CALLWRIGHT_{kind.upper()}` sets it; without that, you may "
            "choose here."
        )
    here = [model for model in models if model.is_here or model.name == current]
    for model in here:
        _show_model(kind, model, current, fixed, notes.get(model.name, ""))
    others = [model for model in models if model not in here]
    if others:
        with st.expander(f"Not on this machine ({len(others)})", icon=":material/cloud_download:"):
            st.caption("To bring one, run its command in the folder of Callwright, with a network.")
            for model in others:
                _show_model(kind, model, current, fixed, notes.get(model.name, ""))
    if not fixed:
        _show_other(kind)


def _show_model(kind: str, model: Model, current: str, fixed: bool, note: str) -> None:
    is_current = model.name == current
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_title(model), width="stretch")
            st.button(
                "In use" if is_current else "Use",
                key=f"models_{kind}_{model.name}",
                disabled=fixed or is_current or not model.is_here,
                icon=":material/check:" if is_current else None,
                on_click=choose,
                args=(kind, model.name),
            )
        st.caption(" · ".join(filter(None, [model.about, _size(model), note])))
        if model.get:
            st.code(f".venv/bin/{model.get}", language="bash", wrap_lines=True)


def _title(model: Model) -> str:
    badge = ":green-badge[here]" if model.is_here else ":gray-badge[not here]"
    return f"**{text.escape(_name(model.name), limit=100)}** {badge}"


def _name(name: str) -> str:
    return "None" if name == "none" else name


def _size(model: Model) -> str:
    return f"{model.megabytes:,} MB" if model.megabytes else ""


def _show_other(kind: str) -> None:
    with st.form(f"models_other_{kind}", clear_on_submit=True, border=False):
        name = st.text_input(
            f"Another {kind}",
            placeholder="a folder on this machine, or a name on Hugging Face",
            key=f"models_name_{kind}",
            max_chars=300,
        )
        if st.form_submit_button("Use it") and name.strip():
            choose(kind, name.strip())
            st.rerun()


def choose(kind: str, name: str) -> None:
    """Use this model from the next question on, and make what it lacks."""
    store = resources.store()
    save_preference(store, kind, name)
    resources.chat().reopen_engines()
    ask_for_index(with_preferences(store))
    frame.tell(f"From now on: {text.escape(_name(name), limit=80)}.", ":material/check_circle:")

"""A new run: what it learns, from what, with which settings; a look at it; and its start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import orjson
import streamlit as st

from core.errors import CallwrightError
from core.inventory import embedders, rerankers
from core.models.trained import is_done, model_path
from core.parse import LANGUAGES
from core.settings import DEFAULT_EMBEDDER, NONE, PLAIN_EMBEDDER
from core.store.database import Store
from core.store.training_runs import KINDS, Kind, training_runs
from pages.components import address, frame, text, training_data, training_fields, training_preview
from pages.components.training_data import Choice
from train.base_model import TINY
from train.invocation import command_of, config_of, planned
from train.measuring import Measuring
from train.mix import RECIPES
from train.preview import Preview
from train.preview_command import preview_of
from train.reranker import RerankerSettings
from train.retriever import RetrieverSettings
from train.runs import start_run
from train.sft_settings import PRESETS, settings_of

TITLES: Mapping[Kind, str] = {
    "sft": "Language model",
    "retriever": "Retriever",
    "reranker": "Reranker",
}
_ABOUT: Mapping[Kind, str] = {
    "sft": "Learns to write the call that an instruction asks for. The chat can then ask it.",
    "retriever": "Learns to find the operation that a question means, among all of them.",
    "reranker": "Learns to look once more at what was found, and to put the right one first.",
}
_PRESETS = {
    "tiny": "Tiny: seconds to minutes on this processor",
    "small": "Small: an adapter for a model of about half a billion weights",
    "paper": "As in the API Pack paper: all weights, wants a GPU",
}
_RECIPES = {
    "ladder": "Ladder: so many rows, any language",
    "expert": "Expert: one language alone",
    "mixture": "Mixture: one language, and some of each other",
    "sources": "Sources: one source of documents, or equal parts",
    "general": "General: API calls with general coding tasks",
}
_PREVIEWED = "training_previewed"
_FRONT = ("preset", "base", "recipe", "language", "mixed_with")
"""Settings that the form asks for by themselves; the others stand below."""
_MEASURED_TIMES = 3
_ALL_WORDINGS = 5
"""Of an instruction, about: what a dataset has candidates for."""
_QUESTIONS = 5
"""Of each level: so measuring a tiny model takes no longer than training it."""
_NO_BASE = (NONE, DEFAULT_EMBEDDER)
"""The second is an adapter of the plain one already."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the form says."""

    kind: Kind
    name: str
    values: dict[str, Any]
    choice: Choice
    measuring: Measuring

    @property
    def sha256(self) -> str:
        """Differs wherever what a preview shows does."""
        said = [self.kind, self.values, dict(self.choice.data)]
        return hashlib.sha256(orjson.dumps(said)).hexdigest()


def show(store: Store) -> None:
    """Draw the form."""
    kind = cast(
        Kind,
        address.segmented_control(
            "What learns", KINDS, key="kind", format_func=lambda name: TITLES[cast(Kind, name)]
        ),
    )
    st.caption(_ABOUT[kind])
    if (choice := training_data.show(store, kind)) is None:
        return
    try:
        wish = _show_wish(store, kind, choice)
        run = planned(
            kind, store.workspace / "models" / (wish.name or "NAME"), wish.values, choice.data
        )
    except CallwrightError as error:
        frame.show_error(error)
        return
    with st.container(horizontal=True):
        if st.button("Start", type="primary", icon=":material/play_arrow:"):
            _start(store, wish)
        if st.button("Preview", icon=":material/visibility:"):
            st.session_state[_PREVIEWED] = wish.sha256
    if st.session_state.get(_PREVIEWED) == wish.sha256:
        _show_preview(store, wish)
    with st.expander("The same by a command", icon=":material/terminal:"):
        st.code(text.plain(command_of(run), limit=4_000), language="bash", wrap_lines=True)
        st.caption("It reads its settings from the file `run.toml`, which a start writes there:")
        st.code(config_of(run), language="toml")
        if kind == "sft":
            st.caption(
                "On several GPUs, a copy of the model on each; for a model that is too large for "
                "one, put `--config_file train/fsdp.yaml` behind `launch`:"
            )
            several = command_of(run).replace("python -m", "accelerate launch --num_processes 8 -m")
            st.code(text.plain(several, limit=4_000), language="bash", wrap_lines=True)


def _show_wish(store: Store, kind: Kind, choice: Choice) -> _Wish:
    values = _show_sft(store, choice) if kind == "sft" else _show_pairs(store, kind)
    measuring = _show_measuring(choice, values) if kind == "sft" else Measuring()
    name = st.text_input(
        "Name",
        value=_free_name(store, kind),
        key=f"training_name_{kind}",
        max_chars=60,
        width=340,
        help="The model has it wherever models are chosen.",
    )
    return _Wish(kind, (name or "").strip(), values, choice, measuring)


def _show_sft(store: Store, choice: Choice) -> dict[str, Any]:
    """Draw what a language model is trained with; its settings."""
    left, right = st.columns(2)
    preset = left.selectbox(
        "Preset", list(PRESETS), format_func=_PRESETS.__getitem__, key="training_preset"
    )
    base = right.selectbox(
        "Base model",
        [TINY, *_own_models(store)],
        format_func=lambda name: "tiny, from scratch" if name == TINY else text.plain(name),
        key="training_base",
        accept_new_options=True,
        help="What it begins as: a tiny model that is made on the spot and knows nothing, or type "
        "a name on the Hugging Face hub, or a folder.",
    )
    recipe = left.selectbox(
        "Recipe", list(RECIPES), format_func=_RECIPES.__getitem__, key="training_recipe"
    )
    language = right.selectbox(
        "Language",
        [*choice.rows, ""],
        format_func=lambda name: LANGUAGES[name].title if name else "All that there are",
        key="training_language",
    )
    chosen = {"preset": preset, "base": base or TINY, "recipe": recipe, "language": language}
    if recipe == "general":
        tasks = st.text_input(
            "File of general tasks",
            key="training_mixed_with",
            placeholder="/data/magicoder.jsonl",
            help="JSON Lines on this machine: problem and solution, or instruction and response.",
        )
        chosen["mixed_with"] = tasks.strip()
    begun = settings_of({"preset": preset}, "settings")
    names = [name for name in training_fields.names_of(begun) if name not in _FRONT]
    with st.expander("All settings", icon=":material/tune:"):
        return chosen | training_fields.show(begun, names, f"training_sft_{preset}")


def _show_pairs(store: Store, kind: Kind) -> dict[str, Any]:
    """Draw what a retriever or a reranker is trained with; its settings."""
    known = embedders() if kind == "retriever" else rerankers()
    names = [PLAIN_EMBEDDER, *(m.name for m in known if m.is_here and m.name not in _NO_BASE)]
    base = st.selectbox(
        "Base model",
        list(dict.fromkeys(names)),
        key=f"training_base_{kind}",
        accept_new_options=True,
        format_func=text.plain,
        help="What it begins as; or type a name on the Hugging Face hub, or a folder.",
    )
    begun = RetrieverSettings() if kind == "retriever" else RerankerSettings()
    fields = [name for name in training_fields.names_of(begun) if name not in _FRONT]
    with st.expander("All settings", icon=":material/tune:"):
        values = training_fields.show(begun, fields, f"training_{kind}")
    return {"base": base or PLAIN_EMBEDDER, **values}


def _show_measuring(choice: Choice, values: Mapping[str, Any]) -> Measuring:
    """Draw how it is measured while it learns."""
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    is_on = left.toggle(
        "Measure Levels 1, 2, 3 while it learns",
        value=True,
        key="training_is_measured",
        help="Level 1: a seen operation in new words. Level 2: an unseen operation of a seen API. "
        "Level 3: an unseen API. The dataset's own tests are asked; training pauses meanwhile.",
    )
    if not is_on:
        return Measuring()
    questions = middle.number_input(
        "Questions of each level", min_value=1, value=_QUESTIONS, key="training_questions"
    )
    usual = _interval(choice, values)
    every = right.number_input(
        "Every so many steps", min_value=1, value=usual, key=f"training_every_{usual}"
    )
    return Measuring(every=int(every), questions=int(questions))


def _interval(choice: Choice, values: Mapping[str, Any]) -> int:
    """Steps between measurements, so that there are a few; whole checkpoints."""
    settings = settings_of(values, "settings")
    rows = settings.rows or choice.num_rows(settings.language)
    examples = rows * len(settings.kinds) * (settings.wordings or _ALL_WORDINGS)
    steps = settings.max_steps or -(-examples // settings.global_batch) * settings.epochs
    return max(1, -(-steps // _MEASURED_TIMES))


def _start(store: Store, wish: _Wish) -> None:
    try:
        with st.spinner("Looking for mistakes before it starts …"):
            run = start_run(
                store, wish.kind, wish.name, wish.values, wish.choice.data, wish.measuring
            )
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.switch_page(frame.TRAINING, query_params={"run": str(run.id)})


def _show_preview(store: Store, wish: _Wish) -> None:
    try:
        found = _preview(wish.sha256, store, wish)
    except CallwrightError as error:
        frame.show_error(error)
        return
    training_preview.show(found)


@st.cache_data(
    show_spinner="Making the very tokens, and trying a few steps …", max_entries=20, ttl=3600
)
def _preview(sha256: str, _store: Store, _wish: _Wish) -> Preview:
    return preview_of(_store.settings, _wish.kind, _wish.values, _wish.choice.data)


def _own_models(store: Store) -> list[str]:
    """The folders of language models that were trained here in full."""
    return [
        str(model_path(run.folder))
        for run in training_runs(store)
        if run.kind == "sft" and is_done(run.folder) and not run.settings.get("lora_rank")
    ]


def _free_name(store: Store, kind: Kind) -> str:
    """The first ``sft-N`` that is not there."""
    taken = {run.name for run in training_runs(store)}
    names = (f"{'model' if kind == 'sft' else kind}-{number}" for number in range(1, 10_000))
    return next(
        name
        for name in names
        if name not in taken and not (store.workspace / "models" / name).exists()
    )

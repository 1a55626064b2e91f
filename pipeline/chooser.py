"""Who chooses functions: engines by the one name that commands, pages and runs use.

>>> choose = open_chooser("grounded", catalogue, seed=1, tools=Tools())
>>> choose(["draw a red circle around Oslo"])[0].calls[0].function.label
'shapes.draw_circle'

A language model's name stands behind a plus, and before it what it is told: the prompt is a part of
the engine, because a model chooses otherwise under another one: ``classify-named+NAME``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.catalogue.asking import (
    FunctionAnswer,
    FunctionCall,
    FunctionEngine,
    GroundedFunctions,
    NearestExample,
)
from core.catalogue.function import Catalogue, Function
from core.errors import ModelError, UnknownNameError
from core.models.protocol import Failure, Model
from core.prompts import PROMPTS, load_prompt
from core.retrieval.embed import Embedder
from pipeline import with_model
from pipeline.synthesize import synthesize

_COPIED = 6
"""Template questions of each function that the copying engine may copy."""
_AT_ONCE = 8
"""Questions that a model is given at once."""

Choose = Callable[[Sequence[str]], list[FunctionAnswer]]
"""Answers questions, in their order. Raises ``ModelError``."""


@dataclass(frozen=True)
class Tools:
    """What engines need beside the catalogue."""

    embedder: Embedder | None = None
    """Without one, only words are looked at."""
    open_model: Callable[[str], Model] | None = None
    """Opens a language model by its name. Raises ``CallwrightError``."""
    prompts: Path | None = None
    """A folder of texts of one's own."""


ENGINES = ("grounded", "copy-nearest")
"""Those that need no model."""
VARIANTS = tuple(name for name in PROMPTS if name.startswith("classify-"))
"""The prompts under which a model can be asked."""


def engine_names(models: Iterable[str]) -> list[str]:
    """All that can be asked where there are these models."""
    return [*ENGINES, *(f"{prompt}+{model}" for model in models for prompt in VARIANTS)]


def check_engine(name: str) -> str:
    """The name as it was given. Raises ``UnknownNameError``, which says what there is."""
    prompt, _, model = name.partition("+")
    if prompt in (VARIANTS if model else ENGINES):
        return name
    raise UnknownNameError("engine", name, engine_names(["MODEL"]))


def at_once(name: str) -> int:
    """How many questions an engine is given at once."""
    return _AT_ONCE if "+" in name else 1


def prompt_version(name: str, tools: Tools) -> str:
    """The version of what an engine's model is told; empty without a model."""
    prompt, _, model = name.partition("+")
    return load_prompt(prompt, tools.prompts).version if model else ""


def open_chooser(name: str, catalogue: Catalogue, *, seed: int, tools: Tools) -> Choose:
    """The engine of that name over a catalogue. Raises ``CallwrightError``."""
    prompt, _, model = check_engine(name).partition("+")
    if model:
        return _with_model(prompt, model, catalogue, tools)
    if name == "copy-nearest":
        examples = synthesize(catalogue, per_function=_COPIED, seed=seed).examples
        return partial(_one_by_one, NearestExample(catalogue, examples, tools.embedder))
    return partial(_one_by_one, GroundedFunctions([catalogue], tools.embedder))


def _one_by_one(engine: FunctionEngine, questions: Sequence[str]) -> list[FunctionAnswer]:
    return [engine.answer(question) for question in questions]


def _with_model(prompt: str, name: str, catalogue: Catalogue, tools: Tools) -> Choose:
    """The model chooses; the arguments are what the grounded engine finds in the question."""
    if tools.open_model is None:
        raise ModelError(f"Nothing here opens language models, so {name} cannot be asked.")
    model = tools.open_model(name)
    grounded = GroundedFunctions([catalogue], tools.embedder)

    def choose(questions: Sequence[str]) -> list[FunctionAnswer]:
        chosen = with_model.classify(
            model, questions, catalogue.functions, prompt, prompts=tools.prompts
        )
        return [
            _answer(said, grounded, question, model.name)
            for said, question in zip(chosen, questions, strict=True)
        ]

    return choose


def _answer(
    said: Function | Failure | None, grounded: FunctionEngine, question: str, name: str
) -> FunctionAnswer:
    """What a model said as an answer; where it was away, the run ends, to be begun again."""
    if isinstance(said, Failure):
        if said.is_passing:
            raise ModelError(f"{name} gave no answer: {said.reason}")
        return FunctionAnswer((), 0.0, said.reason)
    if said is None:
        return FunctionAnswer((), 0.0, "The model names none of the functions.")
    found = (call for call in grounded.answer(question).calls if call.function.label == said.label)
    call = next(found, FunctionCall(said, {}, tuple(sorted(said.required))))
    return FunctionAnswer((call,), 1.0)

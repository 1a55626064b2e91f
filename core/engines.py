"""The engines by the one name that commands, addresses, rows and boards use for them.

>>> open_engine("grounded", store).answer("cancel booking 8841", EVERYTHING)
>>> open_engine("grounded+qwen", store).answer("cancel booking 8841", EVERYTHING)

An engine is listed whether or not it can be used here: what is missing is said with the command or
the setting that brings it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from core.answer import Engine
from core.document_cache import DocumentCache
from core.engine_free import Free
from core.engine_grounded import GroundedModel
from core.errors import CallwrightError, UnknownNameError
from core.grounded import workspace_engine
from core.models.cache import CachedModel, ReplyCache, replies_path
from core.models.opening import open_model
from core.models.protocol import Model
from core.prompts import prompts_path
from core.retrieval.workspace_index import WorkspaceIndex
from core.settings import NONE, Settings
from core.shots import RERANKED, lacks_reranker, open_ranking
from core.store.database import Store
from core.store.model_servers import model_offers
from core.store.preferences import with_preferences

DEFAULT = "grounded"


@dataclass(frozen=True)
class Parts:
    """What engines share with the process that opens them."""

    store: Store
    cache: DocumentCache
    words: WorkspaceIndex
    grounded: dict[Settings, Engine] = field(default_factory=dict, repr=False, compare=False)
    """The engine that all others look things up in, as the settings of the moment want it."""
    models: dict[str, Model] = field(default_factory=dict, repr=False, compare=False)
    """Language models by name: engines share them, for weights are in memory once."""


@dataclass(frozen=True)
class EngineKind:
    """One way to come from words to a call."""

    title: str
    about: str
    """A sentence for people who choose."""
    open: Callable[[Parts], Engine]
    missing: Callable[[Store], str] = lambda _: ""
    """What it lacks here, and how to get it; empty where it can be used."""


def _open_grounded(parts: Parts) -> Engine:
    store = with_preferences(parts.store)
    if store.settings not in parts.grounded:
        engine = workspace_engine(store, cache=parts.cache, words=parts.words)
        parts.grounded.clear()
        parts.grounded[store.settings] = engine
    return parts.grounded[store.settings]


def _open_by_words(parts: Parts) -> Engine:
    settings = replace(parts.store.settings, embedder=NONE, reranker=NONE)
    store = replace(parts.store, settings=settings)
    return workspace_engine(store, cache=parts.cache, words=parts.words)


ENGINES: dict[str, EngineKind] = {
    DEFAULT: EngineKind(
        "Grounded",
        "Finds the operation by words and meaning, and fills it with the values of the question. "
        "No language model, and nothing that the document does not describe.",
        _open_grounded,
    ),
}


BASELINES: dict[str, EngineKind] = {
    "grounded-words": EngineKind(
        "Grounded, words only",
        "Finds the operation by its words, without what they mean: what meaning is worth.",
        _open_by_words,
    ),
}
"""Engines that nobody asks for an answer, but that others are compared with."""


MODEL_ENGINES: dict[str, tuple[str, str]] = {
    "grounded": (
        "Grounded, with {model}",
        "Search finds operations; the model picks one of them and fills it by a schema made from "
        "the document. What comes out is checked, so no illegal call does.",
    ),
    "free-0": (
        "{model} alone",
        "The model writes the call from the API's description only. The document judges it.",
    ),
    "free-3-random": (
        "{model} with any three examples",
        "The model writes the call after three calls of the API. The document judges it.",
    ),
    "free-3-retrieved": (
        "{model} with three near examples",
        "The model writes the call after the three that search finds. The document judges it.",
    ),
    "free-3-reranked": (
        "{model} with the three best examples",
        "The model writes the call after the three that a reranker puts first. The document "
        "judges it.",
    ),
}
"""The ways to use a language model, whose name follows behind a plus: title and sentence."""


def engine_kind(name: str) -> EngineKind:
    """The engine of that name; raises ``UnknownNameError``, which says what there is."""
    if name in ENGINES or name in BASELINES:
        return {**ENGINES, **BASELINES}[name]
    way, _, model = name.partition("+")
    if way not in MODEL_ENGINES or not model:
        raise UnknownNameError(
            "engine", name, [*ENGINES, *(f"{each}+MODEL" for each in MODEL_ENGINES)]
        )
    title, about = MODEL_ENGINES[way]
    return EngineKind(
        title.format(model=model),
        about,
        open=partial(_open_with_model, way, model),
        missing=partial(_missing, way, model),
    )


def engine_names(store: Store) -> list[str]:
    """Every engine that can be asked for in a workspace."""
    models = dict.fromkeys(offer.name for offer in model_offers(store))
    return [*ENGINES, *(f"{way}+{model}" for model in models for way in MODEL_ENGINES)]


def with_model(
    way: str,
    grounded: Engine,
    model: Model,
    *,
    reranker: str = NONE,
    prompts: Path | None = None,
) -> Engine:
    """An engine over another one's findings; ``prompts`` is a folder of texts of one's own.

    Raises ``UnknownNameError``, ``PromptError``, and ``ModelError`` where a reranker is wanted and
    there is none.
    """
    if way == DEFAULT:
        return GroundedModel(grounded, model, prompts)
    return Free(grounded, model, open_ranking(way, reranker), prompts=prompts)


def _open_with_model(way: str, model: str, parts: Parts) -> Engine:
    """Answers are kept in the workspace: who asks the same again waits for nothing."""
    cache = ReplyCache(replies_path(parts.store.workspace))
    if model not in parts.models:
        parts.models[model] = open_model(model, model_offers(parts.store))
    opened = CachedModel(parts.models[model], cache, step="answer")
    prompts = prompts_path(parts.store.workspace)
    reranker = with_preferences(parts.store).settings.reranker
    return with_model(way, _open_grounded(parts), opened, reranker=reranker, prompts=prompts)


def _missing(way: str, model: str, store: Store) -> str:
    if way == RERANKED and (problem := lacks_reranker(with_preferences(store).settings.reranker)):
        return problem
    try:
        open_model(model, model_offers(store))
    except CallwrightError as error:
        return str(error)
    return ""


def parts_of(store: Store) -> Parts:
    """What engines need, for a process that has none of it yet."""
    return Parts(store, DocumentCache(store), WorkspaceIndex(store))


def open_engine(name: str, store: Store) -> Engine:
    """An engine of one's own over a workspace. Raises ``UnknownNameError``."""
    return engine_kind(name).open(parts_of(store))

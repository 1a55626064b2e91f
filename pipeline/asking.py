"""The language models that the steps of a dataset ask.

>>> with asking(task, tally, "judge", "qwen", "judge-plain") as model:
...     found = judgements(model, candidates, "judge-plain", model.prompts)

Every answer is kept in the workspace, so an interrupted step asks only for what is missing, and a
second run asks nothing. A model that stays away ends the step in words; what it did answer stays.
"""

from __future__ import annotations

import functools
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from core.errors import ModelError
from core.models.cache import CachedModel, ReplyCache, replies_path
from core.models.opening import BACKENDS, Offered, open_model
from core.models.protocol import (
    CAPABILITIES,
    Capability,
    Failure,
    Generate,
    Model,
    Reply,
    Score,
    Scored,
)
from core.prompts import load_prompt, prompts_path
from core.settings import Settings
from core.store.database import open_store
from core.store.model_servers import model_offers
from pipeline.drop import Tally
from pipeline.work import Task

_Result = TypeVar("_Result", Reply, Scored)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who did one thing of a dataset, and how: what the provenance of its rows leads to."""

    model: str
    """What rows call it."""
    identity: str
    """The same for the same weights, as far as one can tell."""
    prompt: str
    prompt_version: str
    """A hash of the prompt's text."""
    seed: int
    note: str = ""
    """What it could not do, in words."""


class Asking:
    """A model that ends the step where it stays away: a dataset full of holes helps nobody."""

    def __init__(self, model: Model, prompts: Path) -> None:
        self._model = model
        self.prompts = prompts
        """Where the workspace keeps prompts of its own."""

    @property
    def name(self) -> str:
        """The model's."""
        return self._model.name

    @property
    def identity(self) -> str:
        """The model's."""
        return self._model.identity

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The model's."""
        return self._model.capabilities

    def generate(self, tasks: Sequence[Generate]) -> Iterator[tuple[int, Reply | Failure]]:
        """A reply to each task. Raises ``ModelError``."""
        yield from self._while_there(self._model.generate(tasks))

    def score(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        """How likely the text of each task is. Raises ``ModelError``."""
        yield from self._while_there(self._model.score(tasks))

    def stream(self, task: Generate) -> Generator[str, None, Reply]:
        """The model's. Raises ``ModelError``."""
        return self._model.stream(task)

    def _while_there(
        self, results: Iterator[tuple[int, _Result | Failure]]
    ) -> Iterator[tuple[int, _Result | Failure]]:
        for position, result in results:
            if isinstance(result, Failure) and result.is_passing:
                raise ModelError(
                    f"{self.name} stays away: {result.reason}. What it has answered is kept: run "
                    "this again when it is back."
                )
            yield position, result


@contextmanager
def asking(task: Task, tally: Tally, what: str, name: str, prompt: str) -> Iterator[Asking]:
    """The model of that name, for one part of a step; who was asked is noted in the tally.

    Raises ``ModelError``, ``PromptError`` or ``UnknownNameError``.
    """
    workspace = task.settings.workspace
    model = _opened(name, _offers(task.settings, name))
    folder = prompts_path(workspace)
    tally.asked[what] = asdict(
        Asked(
            model=called(name),
            identity=model.identity.replace(name, called(name)),
            prompt=prompt,
            prompt_version=load_prompt(prompt, folder).version,
            seed=task.dataset.recipe.seed,
            note=_note(model, what),
        )
    )
    with ReplyCache(replies_path(workspace)) as cache:
        yield Asking(CachedModel(model, cache, step=f"{task.dataset.name}: {what}"), folder)


def called(name: str) -> str:
    """What rows call a model: of weights in a folder, not where on somebody's disk that is."""
    backend, separator, weights = name.partition(":")
    if separator and backend in BACKENDS and Path(weights).is_dir():
        return f"{backend}:{Path(weights).name}"
    return name


def stamp(name: str, prompt: str, settings: Settings | None = None) -> list[str]:
    """Another one wherever the model of that name may answer the prompt otherwise; empty for none.

    Raises ``ModelError``, ``PromptError`` or ``UnknownNameError``.
    """
    if not name:
        return []
    settings = settings or Settings.from_environment()
    model = _opened(name, _offers(settings, name))
    version = load_prompt(prompt, prompts_path(settings.workspace)).version
    return [model.identity, *sorted(model.capabilities), version]


def _offers(settings: Settings, name: str) -> tuple[Offered, ...]:
    """The servers of that model; none for weights, which need none."""
    if name.partition(":")[0] in BACKENDS:
        return ()
    with closing(open_store(settings)) as store:
        return tuple(model_offers(store))


@functools.lru_cache(maxsize=2)
def _opened(name: str, offers: tuple[Offered, ...]) -> Model:
    """Loaded once for all parts that a process works on; a dataset seldom has more than two."""
    return open_model(name, offers)


def check_models(names: Iterable[str], settings: Settings) -> None:
    """Raises ``ModelError`` or ``UnknownNameError`` where one of these cannot be opened."""
    for name in names:
        _opened(name, _offers(settings, name))


def forget_models() -> None:
    """Let go of the models that were opened."""
    _opened.cache_clear()


def _note(model: Model, what: str) -> str:
    """What a model lacks for a step, and what happens instead."""
    if what == "score" and "score" not in model.capabilities:
        return f"it cannot {CAPABILITIES['score']}: candidates are ordered by what can be counted"
    if what == "judge" and "choice" not in model.capabilities:
        return f"it cannot {CAPABILITIES['choice']}: its verdict is the first that it writes"
    return ""

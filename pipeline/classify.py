"""Questions of a catalogue → how often an engine chooses the right module and function.

>>> run = classify(catalogue, questions.examples, Setup("grounded", size=50), fillers)
>>> run.share("function").value
0.88

The catalogue is asked as it is, or filled up to some size with functions of other APIs, which is
what makes choosing hard. Halves for tuning and for reporting are counted apart.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from core.catalogue.asking import Example, FunctionAnswer
from core.catalogue.function import Catalogue, Function
from core.catalogue.source import catalogue_of_document
from core.metrics.interval import wilson
from core.openapi.document import Document
from core.words import telling_stems
from pipeline.chooser import Tools, at_once, check_engine, open_chooser, prompt_version

SIZES = (10, 50, 200)
"""Functions to choose from, as the page offers them."""
NO_TOOLS = Tools()

PUBLISHED = (
    ("GPT-4", "function", 0.996),
    ("GPT-4", "module", 0.992),
    ("LLaMA-3-8B", "function", 0.759),
)
"""From elsewhere (arXiv 2409.11703): ten functions of Leaflet, and questions of a model."""

Level = Literal["function", "module"]


@dataclass(frozen=True)
class Setup:
    """What a run is: the form, the command and the kept run use the same."""

    engine: str = "grounded"
    size: int = 0
    """Functions to choose from; 0, or fewer than the catalogue has, for the catalogue as it is."""
    seed: int = 1

    def __post_init__(self) -> None:
        """Raises ``UnknownNameError``."""
        check_engine(self.engine)

    @property
    def model(self) -> str:
        """The language model's name; empty without one."""
        return self.engine.partition("+")[2]

    @property
    def prompt(self) -> str:
        """What the model is told, by the prompt's name; empty without a model."""
        return self.engine.partition("+")[0] if self.model else ""


@dataclass(frozen=True)
class Outcome:
    """One question, asked."""

    id: str
    question: str
    wanted: str
    """The label of the right function."""
    said: str
    """The label of the first function that the engine names; empty for none."""
    is_sure: bool
    """Whether the engine itself calls that an answer."""
    arguments_wanted: dict[str, Any]
    arguments_said: dict[str, Any]
    rivals: int
    """Other functions that share as many words with the question as the right one, or more."""
    origin: str
    is_tuned: bool
    reason: str = ""
    """Why there is no answer, in the engine's words."""

    def is_right(self, level: Level) -> bool:
        """Whether the function is right, or at least its module."""
        if level == "function":
            return self.said == self.wanted
        return self.said.rpartition(".")[0] == self.wanted.rpartition(".")[0]

    @property
    def is_entirely_right(self) -> bool:
        """Whether the arguments are right, too."""
        return self.is_right("function") and self.arguments_said == self.arguments_wanted


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval (Wilson's)."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """From 0 to 1; 0 where nothing was counted."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between these it lies in 19 cases of 20."""
        return wilson(self.hits, self.total)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} ({low:.2f}–{high:.2f}), n = {self.total}"


@dataclass(frozen=True)
class Run:
    """What an engine made of some questions."""

    setup: Setup
    size: int
    """Functions that there were to choose from."""
    embedder: str
    """Empty where only words were looked at."""
    catalogue_sha256: str
    outcomes: tuple[Outcome, ...]
    prompt_version: str = ""
    """Of what a language model was told; empty without one."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Whose questions were asked: ``hand``, ``template``, ``chat``, ``model:NAME``."""
        return tuple(sorted({each.origin for each in self.outcomes}))

    def share(self, level: Level) -> Share:
        """How often the function, or its module, is right."""
        return _share(each.is_right(level) for each in self.outcomes)

    def entirely_right(self) -> Share:
        """How often function and arguments are right."""
        return _share(each.is_entirely_right for each in self.outcomes)

    def where(self, keep: Callable[[Outcome], bool]) -> Run:
        """The run as if only some of its questions had been asked."""
        kept = tuple(each for each in self.outcomes if keep(each))
        return replace(self, outcomes=kept)

    def confusion(self, level: Level) -> Counter[tuple[str, str]]:
        """How often what was said where something was wanted; “” for no answer."""
        if level == "function":
            return Counter((each.wanted, each.said) for each in self.outcomes)
        return Counter(
            (each.wanted.rpartition(".")[0], each.said.rpartition(".")[0]) for each in self.outcomes
        )

    def as_json(self) -> dict[str, Any]:
        """As :func:`run_of` reads it."""
        return asdict(self)


def run_of(row: dict[str, Any]) -> Run:
    """A run from its JSON."""
    return Run(
        Setup(**row["setup"]),
        row["size"],
        row["embedder"],
        row["catalogue_sha256"],
        tuple(Outcome(**each) for each in row["outcomes"]),
        row.get("prompt_version", ""),
    )


def classify(
    catalogue: Catalogue,
    examples: Sequence[Example],
    setup: Setup,
    fillers: Iterable[Function] = (),
    tools: Tools = NO_TOOLS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Run:
    """Asks one engine every question. Raises ``CallwrightError``."""
    whole = filled(catalogue, setup.size, fillers, setup.seed)
    choose = open_chooser(setup.engine, whole, seed=setup.seed, tools=tools)
    rivals = Rivals(whole)
    outcomes: list[Outcome] = []
    for batch in _batches(examples, at_once(setup.engine)):
        progress(len(outcomes), len(examples))
        answers = choose([example.question for example in batch])
        for example, answer in zip(batch, answers, strict=True):
            outcomes.append(_outcome(example, answer, rivals.count(example)))
    return Run(
        setup,
        len(whole.functions),
        tools.embedder.name if tools.embedder else "",
        catalogue.sha256,
        tuple(outcomes),
        prompt_version(setup.engine, tools),
    )


def _batches(examples: Sequence[Example], size: int) -> Iterator[Sequence[Example]]:
    for start in range(0, len(examples), size):
        yield examples[start : start + size]


def _outcome(example: Example, answer: FunctionAnswer, rivals: int) -> Outcome:
    first = answer.calls[0] if answer.calls else None
    return Outcome(
        id=example.id,
        question=example.question,
        wanted=example.function,
        said=first.function.label if first else "",
        is_sure=not answer.reason,
        arguments_wanted=dict(example.arguments),
        arguments_said=dict(first.arguments) if first else {},
        rivals=rivals,
        origin=example.origin,
        is_tuned=is_tuned(example.id),
        reason=answer.reason,
    )


def filled(catalogue: Catalogue, size: int, fillers: Iterable[Function], seed: int) -> Catalogue:
    """The catalogue with functions of others, drawn by the seed, until it has that size.

    It is smaller where there are not enough others.
    """
    others = {each.label: each for each in fillers if each.label not in catalogue.by_label}
    drawn = random.Random(seed).sample(sorted(others), len(others))
    missing = max(0, size - len(catalogue.functions))
    more = tuple(others[label] for label in drawn[:missing])
    return Catalogue(catalogue.name, catalogue.description, catalogue.functions + more)


def functions_of(documents: Iterable[Document]) -> Iterator[Function]:
    """The functions of documents, to fill a catalogue up with; titles keep modules apart."""
    for document in documents:
        for each in catalogue_of_document(document).functions:
            module = f"{document.title} {each.module}"
            yield Function(each.name, module, each.description, each.parameters)


class Rivals:
    """Counts the functions whose texts are as near to a question as those of the right one."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._stems = {
            each.label: frozenset(telling_stems(f"{each.module} {each.name} {each.description}"))
            for each in catalogue.functions
        }

    def count(self, example: Example) -> int:
        """0 for a question that words alone decide."""
        asked = frozenset(telling_stems(example.question))
        shared = {label: len(asked & stems) for label, stems in self._stems.items()}
        right = shared.pop(example.function, 0)
        return sum(count >= right for count in shared.values())

    def num_nearest(self, question: str) -> int:
        """How many functions share most words with a question, whichever is meant."""
        asked = frozenset(telling_stems(question))
        shared = [len(asked & stems) for stems in self._stems.values()]
        return shared.count(max(shared))


def is_tuned(name: str) -> bool:
    """Whether a question is of the half that may be looked at while working (even MD5)."""
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % 2 == 0


def _share(found: Iterable[bool]) -> Share:
    listed = list(found)
    return Share(sum(listed), len(listed))

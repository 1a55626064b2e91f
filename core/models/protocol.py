"""What a language model is asked, what it answers, and what it can.

>>> reply(model, Generate((Message("user", "Say hello."),), max_tokens=8)).text
'Hello!'

A model says what it is able to do in ``capabilities``; whoever needs more looks there first, or
calls :func:`require`. Tasks are values, so that an answer can be kept by what was asked.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from core.errors import ModelError, NoReplyError

Capability = Literal["generate", "stream", "score", "json", "choice"]
CAPABILITIES: dict[Capability, str] = {
    "generate": "write text",
    "stream": "write text word by word",
    "score": "tell the probability of given text",
    "json": "keep to a JSON schema",
    "choice": "keep to one of several given texts",
}
"""What a model may be able to do, in words."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str


Prompt = str | tuple[Message, ...]
"""Text that is continued as it stands, or a conversation for the model's own chat template."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The reply is one of these texts."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JsonSchema:
    """The reply is JSON that satisfies a schema (JSON Schema 2020-12), here as its text."""

    text: str


Constraint = Choice | JsonSchema


@dataclass(frozen=True, slots=True)
class Generate:
    """Write what follows a prompt."""

    prompt: Prompt
    max_tokens: int = 256
    temperature: float = 0.0
    """0 takes the likeliest token each time."""
    seed: int = 0
    """Of the dice, where the temperature is above 0; another seed is another question."""
    constraint: Constraint | None = None
    stop: tuple[str, ...] = ()
    """Texts that end the reply and are not part of it."""


@dataclass(frozen=True, slots=True)
class Score:
    """Tell how likely a text is after a prompt, over exactly that text's tokens."""

    prompt: Prompt
    text: str


Task = Generate | Score


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote."""

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    is_cut: bool = False
    """Whether it ended because ``max_tokens`` were written."""


@dataclass(frozen=True, slots=True)
class Scored:
    """How likely a text is."""

    log_probabilities: tuple[float, ...]
    """Natural logarithms, one for each token of the text."""
    prompt_tokens: int = 0
    """All tokens that were read, those of the text included."""
    seconds: float = 0.0

    @property
    def mean(self) -> float:
        """The mean logarithm; 0 is certain. Of an empty text, 0."""
        return sum(self.log_probabilities) / max(1, len(self.log_probabilities))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer to one task; the others are not touched. Never cached."""

    reason: str
    is_passing: bool = False
    """Whether the model was away, so that it may well answer at another time."""


class Model(Protocol):
    """A language model. Results come as they are done, each with the position of its task."""

    @property
    def name(self) -> str:
        """What it is called in engines, runs and on pages."""

    @property
    def identity(self) -> str:
        """What its answers hang on besides the task: the name, and the version of the weights."""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it is able to do."""

    def generate(self, tasks: Sequence[Generate]) -> Iterator[tuple[int, Reply | Failure]]:
        """A reply to each task."""

    def stream(self, task: Generate) -> Generator[str, None, Reply]:
        """A reply piece by piece, and the whole of it as the generator's value.

        An empty piece says that the work goes on. Closing the iterator stops it, on a server too.
        Raises ``ModelError``.
        """

    def score(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        """How likely the text of each task is."""


def require(model: Model, capability: Capability, what_for: str) -> None:
    """Raises ``ModelError`` where a model lacks a capability."""
    if capability not in model.capabilities:
        can = ", ".join(CAPABILITIES[each] for each in sorted(model.capabilities))
        raise ModelError(
            f"{what_for} needs a model that can {CAPABILITIES[capability]}. {model.name} can: "
            f"{can}. Choose another model, such as one that vLLM serves."
        )


def reply(model: Model, task: Generate) -> Reply:
    """The reply to one task. Raises ``ModelError`` where there is none, and its
    ``NoReplyError`` where asking again would change nothing.
    """
    result = replies(model, [task])[0]
    if isinstance(result, Failure):
        kind = ModelError if result.is_passing else NoReplyError
        raise kind(f"{model.name} gave no answer: {result.reason}")
    return result


def replies(model: Model, tasks: Sequence[Generate]) -> list[Reply | Failure]:
    """The replies in the order of their tasks."""
    found = dict(model.generate(tasks))
    return [found[position] for position in range(len(tasks))]


def scores(model: Model, tasks: Sequence[Score]) -> list[Scored | Failure]:
    """The scores in the order of their tasks. Raises ``ModelError`` where the model has none."""
    require(model, "score", "Scoring a text")
    found = dict(model.score(tasks))
    return [found[position] for position in range(len(tasks))]

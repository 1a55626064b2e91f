"""A language model that says what it is told to, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

from core.errors import ModelError
from core.models.protocol import (
    CAPABILITIES,
    Capability,
    Choice,
    Failure,
    Generate,
    Reply,
    Score,
    Scored,
)

EVERYTHING_IT_CAN: frozenset[Capability] = frozenset(CAPABILITIES)


@dataclass
class FakeModel:
    """Says the given texts in turn; a failure where one is given; else what ``say`` makes."""

    texts: list[str | Failure] = field(default_factory=list)
    say: Callable[[Generate], str] = lambda task: "?"
    capabilities: frozenset[Capability] = EVERYTHING_IT_CAN
    name: str = "fake"
    identity: str = "fake"
    asked: list[Generate] = field(default_factory=list)
    scored: list[Score] = field(default_factory=list)

    def generate(self, tasks: Sequence[Generate]) -> Iterator[tuple[int, Reply | Failure]]:
        for position, task in enumerate(tasks):
            self.asked.append(task)
            said = self.texts.pop(0) if self.texts else self.say(task)
            if isinstance(task.constraint, Choice) and isinstance(said, str):
                assert said in task.constraint.options, "no real model could say that"
            yield position, said if isinstance(said, Failure) else Reply(said)

    def stream(self, task: Generate) -> Generator[str, None, Reply]:
        [(_, said)] = self.generate([task])
        if isinstance(said, Failure):
            raise ModelError(f"{self.name} gave no answer: {said.reason}")
        yield from said.text.splitlines(keepends=True)
        return said

    def score(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        """As likely as the share of words that the prompt holds already."""
        for position, task in enumerate(tasks):
            self.scored.append(task)
            known = set(prompt_of(task).casefold().split())
            words = task.text.casefold().split()
            yield position, Scored(tuple(0.0 if word in known else -1.0 for word in words))


def prompt_of(task: Generate | Score) -> str:
    """All that a task says."""
    if isinstance(task.prompt, str):
        return task.prompt
    return "\n".join(turn.text for turn in task.prompt)

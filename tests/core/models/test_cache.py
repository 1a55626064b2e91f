"""Answers kept by what was asked: nothing is asked twice, failures are asked again."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import pytest

from core.errors import StoreError
from core.models.cache import CachedModel, Price, ReplyCache, Usage, key_of
from core.models.protocol import (
    Capability,
    Choice,
    Failure,
    Generate,
    JsonSchema,
    Message,
    Reply,
    Score,
    Scored,
    replies,
    scores,
)


class FakeModel:
    """Echoes prompts, last one first, and fails where it is told to."""

    name = "fake"
    capabilities: frozenset[Capability] = frozenset({"generate", "stream", "score"})

    def __init__(self, *failing: str, identity: str = "fake") -> None:
        self.failing = set(failing)
        self.identity = identity
        self.asked: list[str] = []

    def generate(self, tasks: Sequence[Generate]) -> Iterator[tuple[int, Reply | Failure]]:
        for position, task in reversed(list(enumerate(tasks))):
            assert isinstance(task.prompt, str)
            self.asked.append(task.prompt)
            if task.prompt in self.failing:
                yield position, Failure("no")
            else:
                yield position, Reply(task.prompt.upper(), 5, 2, 0.5)

    def stream(self, task: Generate) -> Generator[str, None, Reply]:
        self.asked.append(str(task.prompt))
        yield from str(task.prompt)
        return Reply(str(task.prompt), 5, 2, 0.5)

    def score(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        for position, task in enumerate(tasks):
            self.asked.append(task.text)
            yield position, Scored((-0.25, -0.1 * len(task.text)), 3, 0.5)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ReplyCache]:
    with ReplyCache(tmp_path / "models" / "replies.sqlite") as opened:
        yield opened


def tasks(*prompts: str) -> list[Generate]:
    return [Generate(prompt) for prompt in prompts]


def test_a_second_run_asks_nothing(cache: ReplyCache) -> None:
    first, second = FakeModel(), FakeModel()
    once = replies(CachedModel(first, cache, step="s"), tasks("a", "b"))
    again = replies(CachedModel(second, cache, step="s"), tasks("a", "b"))
    assert sorted(first.asked) == ["a", "b"]
    assert second.asked == []
    assert once == again == [Reply("A", 5, 2, 0.5), Reply("B", 5, 2, 0.5)]


def test_scores_are_kept_to_the_last_digit(cache: ReplyCache) -> None:
    task = Score("a", "long text")
    first, second = FakeModel(), FakeModel()
    once = scores(CachedModel(first, cache, step="s"), [task])
    assert scores(CachedModel(second, cache, step="s"), [task]) == once
    assert second.asked == []


def test_an_interrupted_run_goes_on_with_what_is_missing(cache: ReplyCache) -> None:
    interrupted = CachedModel(FakeModel(), cache, step="s").generate(tasks("a", "b", "c"))
    next(interrupted)
    interrupted.close()  # type: ignore[attr-defined]
    later = FakeModel()
    found = replies(CachedModel(later, cache, step="s"), tasks("a", "b", "c"))
    assert sorted(later.asked) == ["a", "b"]
    assert [each.text for each in found if isinstance(each, Reply)] == ["A", "B", "C"]


def test_a_failure_is_not_kept(cache: ReplyCache) -> None:
    assert replies(CachedModel(FakeModel("a"), cache, step="s"), tasks("a")) == [Failure("no")]
    assert replies(CachedModel(FakeModel(), cache, step="s"), tasks("a")) == [Reply("A", 5, 2, 0.5)]


def test_the_same_task_is_asked_once_in_one_run(cache: ReplyCache) -> None:
    model = FakeModel()
    found = replies(CachedModel(model, cache, step="s"), tasks("a", "b", "a"))
    assert sorted(model.asked) == ["a", "b"]
    assert found[0] == found[2]


def test_other_weights_are_another_model(cache: ReplyCache) -> None:
    replies(CachedModel(FakeModel(identity="old"), cache, step="s"), tasks("a"))
    model = FakeModel(identity="new")
    replies(CachedModel(model, cache, step="s"), tasks("a"))
    assert model.asked == ["a"]


def test_a_stream_is_kept_when_it_ends_well(cache: ReplyCache) -> None:
    model = FakeModel()
    cached = CachedModel(model, cache, step="s")
    stopped = cached.stream(Generate("abc"))
    next(stopped)
    stopped.close()
    assert list(cached.stream(Generate("abc"))) == ["a", "b", "c"]
    assert list(cached.stream(Generate("abc"))) == ["abc"]
    assert model.asked == ["abc", "abc"]
    [usage] = cache.usage()
    assert (usage.calls, usage.kept, usage.prompt_tokens, usage.completion_tokens) == (1, 1, 5, 2)


def test_usage_adds_up_over_runs(cache: ReplyCache) -> None:
    replies(CachedModel(FakeModel("c"), cache, step="judge"), tasks("a", "b", "c"))
    replies(CachedModel(FakeModel(), cache, step="judge"), tasks("a", "b", "c"))
    [usage] = cache.usage()
    assert usage == Usage("judge", "fake", 4, 2, 1, 15, 6, 1.5)
    assert usage.cost(Price(2e6, 1e6)) == 36.0


BASE = Generate((Message("user", "a"),))


@pytest.mark.parametrize(
    "other",
    [
        Generate("a"),
        Generate((Message("system", "a"),)),
        Generate((Message("user", "b"),)),
        Generate((Message("user", "a"),), max_tokens=5),
        Generate((Message("user", "a"),), temperature=0.5),
        Generate((Message("user", "a"),), seed=1),
        Generate((Message("user", "a"),), stop=("\n",)),
        Generate((Message("user", "a"),), constraint=Choice(("{}",))),
        Generate((Message("user", "a"),), constraint=JsonSchema("{}")),
        Score("a", ""),
    ],
)
def test_whatever_is_asked_for_makes_another_key(other: Generate | Score) -> None:
    assert key_of("m", other) != key_of("m", BASE)


def test_half_a_surrogate_is_a_key_too() -> None:
    assert key_of("m", Generate("\ud800")) != key_of("m", Generate("\ud801"))


def test_a_file_that_is_no_cache_is_said(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    path.write_text("This is no database, and long enough to be seen as one. " * 40)
    with pytest.raises(StoreError, match="may be deleted"):
        ReplyCache(path)

"""Steps of an engine: waited for or watched, they come to the same."""

from __future__ import annotations

import pytest

from core.answer import Answer
from core.dialogue import Dialogue, finished, followed
from core.errors import ModelError
from core.models.protocol import Failure, Generate
from tests.fake_model import EVERYTHING_IT_CAN, FakeModel


def steps() -> Dialogue:
    """Asks twice, and makes do where the second reply fails."""
    yield "Found.\n"
    one = yield Generate("one")
    try:
        two = (yield Generate("two")).text
    except ModelError as error:
        two = str(error)
    return Answer("q", (), 1.0, written=f"{one.text}|{two}")


@pytest.mark.parametrize("can", [EVERYTHING_IT_CAN, EVERYTHING_IT_CAN - {"stream"}])
def test_watched_or_not_it_is_the_same_answer(can: frozenset) -> None:  # type: ignore[type-arg]
    *pieces, watched = followed(steps(), FakeModel(["a\nb", "c"], capabilities=can))
    assert "".join(map(str, pieces)) == "Found.\na\nbc"
    assert watched == finished(steps(), FakeModel(["a\nb", "c"]))
    assert isinstance(watched, Answer)
    assert watched.written == "a\nb|c"
    assert watched.work.replies == 2


def test_a_failure_is_raised_where_the_task_was_asked() -> None:
    answer = finished(steps(), FakeModel(["a", Failure("it hung up")]))
    assert answer.written == "a|fake gave no answer: it hung up"
    assert answer.work.replies == 1
    with pytest.raises(ModelError, match="it hung up"):
        finished(steps(), FakeModel([Failure("it hung up")]))


def test_whoever_stops_watching_asks_for_no_more() -> None:
    model = FakeModel(["a\nb\n", "c"])
    stream = followed(steps(), model)
    assert [next(stream), next(stream)] == ["Found.\n", "a\n"]
    stream.close()
    assert len(model.asked) == 1

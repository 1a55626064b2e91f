"""What judges say is kept beside what people say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from core.candidate import Candidate
from core.jobs.context import JobContext
from core.models.protocol import Failure
from core.settings import Settings
from core.store.candidates import add_candidates, by_id
from core.store.database import Store, open_store
from core.store.judge_verdicts import judges, verdicts_of
from pipeline.judge import JUDGES
from pipeline.judging import judge_by_model, judge_candidates, work
from tests.fake_model import EVERYTHING_IT_CAN, FakeModel, prompt_of

TEXTS = ("Show me pet 3 with the Pets API.", "Here is a query: show pets", "List all my pets.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(Settings(tmp_path / "workspace"))) as opened:
        found = by_id(Candidate("g", text, "Pets", "Show a pet", "", "showPet") for text in TEXTS)
        add_candidates(opened, "test", found)
        yield opened


@dataclass
class Context:
    """As much of a job as the work needs."""

    store: Store
    checkpoint: Any = None
    said: list[tuple[int, int | None]] = field(default_factory=list)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)

    def save(self, checkpoint: Any) -> None:
        self.checkpoint = checkpoint

    def drop(self, step: str, key: str, reason: str) -> None:
        self.dropped.append((step, key, reason))

    def progress(self, done: int, total: int | None = None) -> None:
        self.said.append((done, total))


def keys(store: Store) -> list[str]:
    return list(by_id(Candidate("g", text, "", "", "", "") for text in TEXTS))


def test_verdicts_are_what_the_judges_say(store: Store) -> None:
    judge_candidates(store, ["rules"], keys(store)[1:2])
    (said,) = verdicts_of(store, keys(store)).values()
    assert said["rules"].label == "bad" and "extra" in said["rules"].reasons
    assert judges(store) == {"rules": 1}


def test_job_has_every_judge_judge_everything_and_goes_on(store: Store) -> None:
    context = Context(store)
    done = work({}, cast(JobContext, context))
    assert judges(store) == dict.fromkeys(JUDGES, 3)
    assert done["candidates"] == 3 and context.said == [(3, 3)]
    assert work({}, cast(JobContext, context)) == done
    assert context.said == [(3, 3)], "nothing was left to judge"


def test_model_is_a_judge_by_prompt_and_name(store: Store) -> None:
    model = FakeModel(["Good", Failure("it hung up"), "Bad"], capabilities=EVERYTHING_IT_CAN)
    context = Context(store)
    judge_by_model(store, model, "judge-plain", keys(store), context.drop)
    said = verdicts_of(store, keys(store))
    assert [said[key]["judge-plain+fake"].label for key in (keys(store)[0], keys(store)[2])] == [
        "good",
        "bad",
    ]
    assert keys(store)[1] not in said
    assert context.dropped == [("judge-plain+fake", keys(store)[1], "it hung up")]
    assert "Show me pet 3" in prompt_of(model.asked[0])

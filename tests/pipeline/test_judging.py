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
from core.settings import Settings
from core.store.candidates import add_candidates, by_id
from core.store.database import Store, open_store
from core.store.judge_verdicts import judges, verdicts_of
from pipeline.judge import JUDGES
from pipeline.judging import judge_candidates, work

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

    def save(self, checkpoint: Any) -> None:
        self.checkpoint = checkpoint

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

"""The command ``judges``: rules, models and prompts beside people, and the best one chosen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from benchmarks.model_server import ModelServer, echo, model_server
from core.candidate import Candidate
from core.jobs.context import JobContext
from core.models.opening import Offer
from core.prompts import JUDGES as PROMPTED
from core.settings import Settings
from core.store.annotators import add_annotator
from core.store.candidates import add_candidates, by_id
from core.store.database import Store, open_store
from core.store.judge_verdicts import champion, judges
from core.store.label_actions import overwrite
from core.store.labels import Decision, Verdict
from core.store.model_servers import add_server
from pipeline.__main__ import main
from pipeline.dataset import open_dataset
from pipeline.judging import work_by_model
from tests.pipeline.small import folder_of, shop
from tests.pipeline.test_judging import Context

PEOPLE: dict[str, Verdict] = {f"Zebra {n} of the Pets API?": "good" for n in range(4)} | {
    f"Show pet {n} with the Pets API.": "bad" for n in range(4)
}
"""Odd enough that the rules disagree with people."""


def say(body: dict[str, Any]) -> str:
    """Agrees with people when it is asked plainly; else it says that all is good."""
    text = str(body["messages"])
    if "Answer with one word" not in text:
        return echo(body)
    return "Good" if "Request: Zebra" in text else "Bad"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "w"))
    with closing(open_store(Settings(tmp_path / "w"))) as opened:
        yield opened


@pytest.fixture
def server(store: Store) -> Iterator[ModelServer]:
    with model_server(say=say) as running:
        add_server(store, Offer("echo", running.server()))
        yield running


def label(store: Store) -> None:
    found = by_id(
        Candidate(f"g{number}", text, "Pets", "Show a pet", "", "showPet")
        for number, text in enumerate(PEOPLE)
    )
    add_candidates(store, "test", found)
    name = add_annotator(store, "Ana")
    overwrite(store, name, {key: Decision(PEOPLE[each.text]) for key, each in found.items()})


def test_without_labels_the_next_step_is_named(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judges"]) == 1
    assert "Label some on the page Labels" in capsys.readouterr().err


def test_the_best_of_rules_prompts_and_models_decides(
    store: Store, server: ModelServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    label(store)
    assert main(["judges", "--models", "echo", "--choose", "Ana"]) == 0
    assert judges(store) == dict.fromkeys(
        ["fitted", "judge-criteria+echo", "judge-examples+echo", "judge-plain+echo", "rules"], 8
    )
    printed = capsys.readouterr().out
    (best,) = [line for line in printed.splitlines() if line.endswith(" best")]
    assert best.split()[:3] == ["judge-plain+echo", "8", "1.000"]
    chosen = champion(store)
    assert chosen is not None
    assert (chosen.judge, chosen.annotator) == ("judge-plain+echo", "Ana")
    assert chosen.figures["kappa"] == 1.0
    count = len(server.calls)
    assert main(["judges", "--models", "echo", "--choose", "Ana"]) == 0
    assert len(server.calls) == count, "what was answered is not asked again"
    folder = str(folder_of(tmp_path / "in", {"a.json": shop(0, 2)}))
    words = ["curate", "--dataset", "pets", "--folder", folder, "--judge", "champion"]
    assert main(words) == 0
    assert open_dataset(store.workspace, "pets").recipe.judge == "judge-plain+echo"


def test_what_a_model_does_not_decide_is_told(
    store: Store, server: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    label(store)
    server.spoil = lambda number: 400
    assert main(["judges", "--models", "echo", "--prompts", "judge-plain"]) == 0
    told = capsys.readouterr()
    assert "judge-plain+echo said nothing of 8: it answered 400" in told.err
    assert "judge-plain+echo" not in told.out


def test_the_job_asks_with_one_prompt_or_with_every_one(store: Store, server: ModelServer) -> None:
    label(store)
    context = Context(store)
    for prompt, count in (("judge-plain", 8), ("", 8 * len(PROMPTED))):
        work_by_model({"model": "echo", "prompt": prompt}, cast(JobContext, context))
        assert context.said[-1] == (count, count)
    assert set(judges(store)) == {f"{prompt}+echo" for prompt in PROMPTED}


def test_there_has_to_be_a_champion_to_take(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(folder_of(tmp_path / "in", {"a.json": shop(0, 2)}))
    assert main(["run", "--dataset", "x", "--folder", folder, "--judge", "champion"]) == 1
    assert "Nobody has chosen a champion" in capsys.readouterr().err

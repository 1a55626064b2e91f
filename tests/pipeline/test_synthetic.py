"""Questions that a model writes: labelled by construction, checked like all others, counted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.model_server import model_server
from core.catalogue.folder import list_catalogues, open_catalogue, read_questions
from core.catalogue.function import Catalogue
from core.jobs.context import JobContext
from core.jobs.kinds import job_kind
from core.models.opening import Offer
from core.models.protocol import Failure, Generate
from core.prompts import load_prompt
from core.settings import Settings
from core.store.database import open_store
from core.store.jobs import add_job
from core.store.model_servers import add_server
from pipeline.__main__ import main
from pipeline.catalogue import WRITING
from pipeline.synthetic import says, synthetic_questions
from tests.fake_model import FakeModel, prompt_of


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    store = open_store(Settings(tmp_path / "workspace"))
    store.close()
    return open_catalogue(tmp_path / "workspace", "map-drawing")


def question(prompt: str, number: int) -> str:
    """A question that says every value of the prompt."""
    values = re.findall(r"Its value: (.*)", prompt)
    about = re.findall(r"What it does: (.*)", prompt)[-1]
    return f"Friend {number}: {about[:40].lower()} {' and '.join(values)}"


def say(task: Generate) -> str:
    return question(prompt_of(task), task.seed)


def test_questions_carry_the_arguments_that_they_say(catalogue: Catalogue) -> None:
    model = FakeModel(say=say)
    made = synthetic_questions(catalogue, model, per_function=3, seed=1, called="tiny")
    assert len(made.examples) > 2 * len(catalogue.functions)
    for each in made.examples:
        assert each.origin == "model:tiny"
        assert all(says(each.question, value) for value in each.arguments.values())
    assert made.provenance["prompt_version"] == load_prompt("synthesize").version
    assert made.provenance["fewest_of_a_function"] > 0
    again = synthetic_questions(
        catalogue, FakeModel(say=say), per_function=3, seed=1, called="tiny"
    )
    assert again == made


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ([Failure("it hung up")], "not written: it hung up"),
        ([" "], "not written: the model wrote nothing"),
    ],
)
def test_what_is_not_written_is_counted(
    catalogue: Catalogue, texts: list[str | Failure], reason: str
) -> None:
    made = synthetic_questions(catalogue, FakeModel(texts, say=say), per_function=1, seed=1)
    assert made.provenance["dropped"] == {reason: 1}


def test_a_question_without_its_values_is_not_kept(catalogue: Catalogue) -> None:
    model = FakeModel(say=lambda task: f"Do something, please, take {task.seed}")
    made = synthetic_questions(catalogue, model, per_function=2, seed=1)
    dropped = made.provenance["dropped"]
    assert dropped["leaves a value out"] > 0
    assert len(made.examples) + sum(dropped.values()) == 2 * len(catalogue.functions)


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("zoom to 12", 12, True),
        ("zoom to 120", 12, False),
        ("zoom to 1.12", 12, False),
        ("zoom to 12.", 12, True),
        ("go to 12.5", 12, False),
        ("take 12,000 steps", 12_000, True),
        ("paint it RED", "red", True),
        ("paint it", "red", False),
        ("show the grid", True, True),
    ],
)
def test_values_are_found_as_people_write_them(text: str, value: Any, said: bool) -> None:
    assert says(text, value) is said


def answer(body: dict[str, Any]) -> str:
    """What a server says."""
    return question(body["messages"][0]["content"], body["seed"])


def test_the_job_keeps_what_a_server_writes_and_says_how_much(tmp_path: Path) -> None:
    store = open_store(Settings(tmp_path / "w"))
    job = add_job(store, WRITING, "Questions", {}, is_heavy=False)
    wanted = {"catalogue": "map-drawing", "model": "echo", "per_function": 1, "seed": 1}
    with model_server(say=answer) as server, JobContext(store, job) as context:
        add_server(store, Offer("echo", server.server()))
        result = job_kind(WRITING).load()(wanted, context)
    made = read_questions(store.workspace, "map-drawing").examples
    store.close()
    assert result["questions"] == sum(each.origin == "model:echo" for each in made) > 0


def test_the_command_asks_a_server_and_keeps_what_others_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "w"))
    store = open_store(Settings(tmp_path / "w"))
    assert list_catalogues(store.workspace) == ["map-drawing"]
    before = read_questions(store.workspace, "map-drawing").examples

    with model_server(say=answer) as server:
        add_server(store, Offer("echo", server.server()))
        words = ["synthesize", "--catalogue", "map-drawing", "--model", "echo", "--per-function"]
        assert main([*words, "2"]) == 0
        count = len(server.calls)
        assert main([*words, "2"]) == 0
        assert len(server.calls) == count, "what was answered is not asked again"
    made = read_questions(store.workspace, "map-drawing").examples
    store.close()
    assert made[: len(before)] == before
    assert {each.origin for each in made[len(before) :]} == {"model:echo"}
    assert "made_by: model:echo" in capsys.readouterr().out

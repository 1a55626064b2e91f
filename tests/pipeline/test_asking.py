"""Datasets that language models take part in: from a server that listens to exported rows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from benchmarks.model_server import ModelServer, echo, free_port, model_server
from core.errors import ModelError, UnknownNameError
from core.models.opening import Offer
from core.models.protocol import Model
from core.models.served import ServedModel
from core.models.sharing import Patience
from core.prompts import load_prompt, prompts_path, save_prompt
from core.settings import Settings
from core.store.database import open_store
from core.store.model_servers import add_server
from pipeline import asking
from pipeline.__main__ import main
from pipeline.curation import command_of, run_steps
from pipeline.dataset import (
    Dataset,
    Version,
    create_dataset,
    dataset_names,
    open_dataset,
    read_rows,
    versions_of,
)
from pipeline.drop import FILTERS
from pipeline.funnel import funnel, losses, unaccounted
from pipeline.rate import JudgedRow, ScoredRow
from pipeline.row import CandidateRow, DatasetRow
from pipeline.seed_example import read_examples, save_example
from pipeline.table import read_table
from pipeline.usage import ask_again, num_failed, used
from tests.conftest import REPOSITORY
from tests.pipeline.small import dataset_of, folder_of, shop

OPERATIONS = 3
MODELS = {"refiner": "echo", "writer": "echo", "judge": "judge-plain+echo", "scorer": "echo"}
UNTIL_SELECT = ("curate", "instruct", "validate", "judge", "score", "select")
SOON = Patience(seconds=0.2, attempts=2, first_rest=0.02, longest_rest=0.05)


def say(body: dict[str, Any]) -> str:
    """What a model of a real size would say, more or less."""
    if body.get("structured_outputs") or "messages" not in body:
        return echo(body)
    [turn] = body["messages"]
    about = re.findall(r"^Functionality: (.*)$", turn["content"], re.MULTILINE)[-1]
    if "Request to rewrite:" in turn["content"]:
        return f"Could the Warehouse A API please {about.lower()}?"
    first = ("Now", "Please", "Kindly", "Quickly", "Again")[body["seed"] % 5]
    return f"{first} {about} with the Warehouse A API"


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "w"))
    asking.forget_models()
    yield tmp_path / "w"
    asking.forget_models()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server(say=say) as running:
        yield running


def offer(workspace: Path, server: ModelServer, **options: Any) -> None:
    store = open_store(Settings(workspace))
    add_server(store, Offer("echo", server.server(**options)))
    store.close()


def dataset(workspace: Path, name: str = "small", **fields: Any) -> Dataset:
    folder = workspace.parent / "in"
    if not folder.exists():
        folder_of(folder, {"a.json": shop(0, OPERATIONS)})
    return dataset_of(workspace, folder, name, **{"languages": ("curl",), **MODELS, **fields})


def run(made: Dataset, *steps: str) -> dict[str, int]:
    """Run steps, or all; how many parts each made."""
    ran = run_steps(made, Settings(made.path.parents[1]), *([steps] if steps else []))
    return {name: each.made for name, each in ran.items()}


def rows_of(made: Dataset) -> tuple[Version, list[DatasetRow]]:
    (version,) = versions_of(made)
    return version, [
        row for name in ("train", "test_level_3") for row in read_rows(version.path, name, "curl")
    ]


def written(made: Dataset) -> int:
    """Candidates that the model was asked for and wrote, in all runs."""
    usage = [each for each, _ in used(made, Settings(made.path.parents[1]))]
    return sum(each.calls - each.failures for each in usage if each.step == "small: instruct")


def lost(made: Dataset) -> dict[str, int]:
    return {bar.filter: bar.lost for bar in funnel(made) if bar.lost}


def patient(monkeypatch: pytest.MonkeyPatch, patience: Patience = SOON) -> None:
    """Have models wait no longer than this for a server."""

    def open_soon(name: str, offers: tuple[Offer, ...]) -> Model:
        return ServedModel(name, [each.server for each in offers], patience=patience)

    monkeypatch.setattr(asking, "open_model", open_soon)


def test_models_write_judge_and_score_and_every_row_says_so(
    workspace: Path, server: ModelServer
) -> None:
    offer(workspace, server)
    made = dataset(workspace)
    run(made)
    version, rows = rows_of(made)
    assert len(rows) == OPERATIONS
    for row in rows:
        assert row.provenance == "model:echo" and row.reportable
        assert {each.judge for each in row.instruction_candidates} == {"judge-plain+echo"}
        best = max(row.instruction_candidates, key=lambda each: each.score or -99)
        assert (row.instruction, row.input_tokens_mean) == (best.candidate, best.score)
        assert row.input_tokens_mean and row.input_tokens_mean < 0
    prompts = {"refine": "refine", "instruct": "instruct", "judge": "judge-plain"}
    for what, prompt in {**prompts, "score": "back-translate"}.items():
        [asked] = version.manifest["models"][what]
        assert (asked["model"], asked["prompt"], asked["seed"]) == ("echo", prompt, 0)
        assert asked["prompt_version"] == load_prompt(prompt).version
        assert (
            f"`{prompt}`, version {asked['prompt_version']}"
            in (version.path / "README.md").read_text()
        )
    assert {example.origin for example in read_examples(made)} == {"model:echo"}
    assert unaccounted(made) == [] and num_failed(made) == 0
    cost = {usage.step: usage.calls for usage, _ in used(made, Settings(workspace))}
    assert cost == {
        "small: refine": 3,
        "small: instruct": 5 * OPERATIONS,
        "small: judge": 5 * OPERATIONS,
        "small: score": 5 * OPERATIONS,
    }


def test_a_second_run_asks_nothing_and_gives_the_same(workspace: Path, server: ModelServer) -> None:
    offer(workspace, server)
    run(dataset(workspace))
    count = len(server.calls)
    again = dataset(workspace, "again")
    run(again)
    assert len(server.calls) == count
    assert rows_of(again)[1] == rows_of(dataset(workspace))[1]
    assert set(run(again).values()) == {0}


def test_another_prompt_or_model_remakes_only_what_hangs_on_it(
    workspace: Path, server: ModelServer
) -> None:
    offer(workspace, server)
    made = dataset(workspace)
    run(made, *UNTIL_SELECT)
    text = load_prompt("judge-plain").text
    save_prompt("judge-plain", f"{text}\nBe strict.", prompts_path(workspace))
    assert run(made, *UNTIL_SELECT) == {
        "curate": 0, "instruct": 0, "validate": 0, "judge": 1, "score": 0, "select": 0,
    }  # fmt: skip
    assert server.calls[-1]["messages"][0]["content"].endswith("Be strict.")
    made = create_dataset(workspace, made.name, replace(made.recipe, scorer=""))
    assert run(made, *UNTIL_SELECT)["score"] == 1
    assert run(made, "judge")["judge"] == 0


def test_what_people_say_of_examples_reaches_the_writer(
    workspace: Path, server: ModelServer
) -> None:
    offer(workspace, server)
    made = dataset(workspace, refiner="")
    run(made, "curate", "instruct")
    count = len(server.calls)
    words = "Is there an apple in Warehouse A?"
    save_example(made, read_examples(made)[0], words, approved=True)
    assert run(made, "instruct") == {"instruct": 1}
    assert words in server.calls[-1]["messages"][0]["content"]
    asked_again = len(server.calls) - count
    assert 0 < asked_again <= 5 * OPERATIONS


def test_a_server_without_probabilities_leaves_the_order_to_the_measures(
    workspace: Path, server: ModelServer
) -> None:
    offer(workspace, server, can_score=False)
    made = dataset(workspace)
    run(made)
    version, rows = rows_of(made)
    assert all(row.input_tokens_mean is None for row in rows)
    assert all(
        0 <= each.score <= 1 for row in rows for each in row.instruction_candidates if each.score
    )
    note = "it cannot tell the probability of given text"
    assert note in version.manifest["models"]["score"][0]["note"]
    assert note.capitalize() in (version.path / "README.md").read_text()
    assert lost(made) == {"unscored": 5 * OPERATIONS} and unaccounted(made) == []


def test_a_server_that_cannot_be_constrained_is_read(workspace: Path) -> None:
    with model_server(say=lambda body: "Good." if "one word" in str(body) else say(body)) as server:
        offer(workspace, server, dialect="")
        made = dataset(workspace)
        run(made, *UNTIL_SELECT)
        rows = list(read_table(made.table_path("judge", "00000", "verdicts"), JudgedRow))
    assert {row.label for row in rows} == {"good"}


def test_what_a_server_refuses_is_counted_and_can_be_asked_again(workspace: Path) -> None:
    with model_server(say=say, spoil=lambda n: 400 if n % 6 == 0 else None) as server:
        offer(workspace, server)
        made = dataset(workspace)
        run(made, *UNTIL_SELECT)
        assert unaccounted(made) == []
        fallen = lost(made)
        assert fallen["unjudged"] and fallen["unscored"]
        drops = [each.drop for each in losses(made, "unjudged")]
        assert all("400" in drop.reason and drop.text for drop in drops)
        assert num_failed(made) == sum(fallen.values())
        labels = [
            row.label
            for row in read_table(made.table_path("judge", "00000", "verdicts"), JudgedRow)
        ]
        assert labels.count("") == fallen["unjudged"]
        server.spoil = lambda number: None
        count = len(server.calls)
        assert ask_again(made) > 0
        run(made, *UNTIL_SELECT)
        assert len(server.calls) - count <= sum(fallen.values()) + 10, "what was answered is kept"
        assert num_failed(made) == 0 and ask_again(made) == 0


@pytest.mark.parametrize(
    ("answers", "filter_", "reason"),
    [
        (lambda body: "   ", "unworded", "the model wrote nothing"),
        (lambda body: "Always the same", "unwritten", "the model wrote the same again"),
    ],
)
def test_rubbish_is_counted_with_its_reason(
    workspace: Path, answers: Callable[[dict[str, Any]], str], filter_: str, reason: str
) -> None:
    def rubbish(body: dict[str, Any]) -> str:
        return echo(body) if body.get("structured_outputs") else answers(body)

    with model_server(say=rubbish) as server:
        offer(workspace, server)
        made = dataset(workspace)
        run(made, *UNTIL_SELECT)
    drops = [each.drop for each in losses(made, filter_)]
    assert len(drops) == OPERATIONS and {drop.reason for drop in drops} == {f"{reason}."}
    refused = [each.drop for each in losses(made, "unrefined")]
    assert len(refused) == 3, "a refined example has to name its API"
    assert unaccounted(made) == []


def test_nonsense_from_a_server_is_counted(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient(monkeypatch)
    with model_server(say=say) as server:
        offer(workspace, server)
        made = dataset(workspace)
        run(made, "curate", "instruct")
        server.spoil = lambda number: b"<html>nginx</html>"
        run(made, "judge", "score")
    assert lost(made) == {"unjudged": 5 * OPERATIONS, "unscored": 5 * OPERATIONS}
    drops = [each.drop for each in losses(made, "unjudged")]
    assert all(drop.reason.startswith("it sent something that is no reply") for drop in drops)


def test_a_slow_server_is_given_up_in_words(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_impatiently(name: str, offers: tuple[Offer, ...]) -> Model:
        servers = [replace(each.server, timeout=0.05) for each in offers]
        return ServedModel(name, servers, patience=SOON)

    with model_server(say=say) as server:
        offer(workspace, server)
        made = dataset(workspace, scorer="")
        run(made, "curate", "instruct")
        asking.forget_models()
        monkeypatch.setattr(asking, "open_model", open_impatiently)
        server.seconds = 0.5
        run(made, "judge")
    assert {each.drop.reason for each in losses(made, "unjudged")} == {
        "it did not answer in time (2 tries)."
    }


def test_a_server_that_stays_away_ends_the_step_and_the_next_run_goes_on(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient(monkeypatch)
    port = free_port()
    with model_server(port=port, say=say) as server:
        offer(workspace, server)
        made = dataset(workspace, refiner="")

        def die(number: int) -> None:
            if number == 8:
                threading.Thread(target=server.stop).start()
                time.sleep(0.2)

        server.spoil = die
        with pytest.raises(ModelError, match=r"echo stays away: it .*run this again"):
            run(made, *UNTIL_SELECT)
        assert not made.receipt_path("instruct", "00000").exists()
    before, after = written(made), 5 * OPERATIONS
    assert 0 < before < after
    with model_server(port=port, say=say):
        run(made, *UNTIL_SELECT)
    assert written(made) == after, "what was answered is not asked again"
    assert unaccounted(made) == [] and not lost(made)


def test_a_killed_process_is_gone_on_from_its_answers(workspace: Path, server: ModelServer) -> None:
    offer(workspace, server)
    folder_of(workspace.parent / "in", {"a.json": shop(0, 8)})
    made = dataset(workspace, refiner="")
    run(made, "curate")
    second_wave = threading.Event()

    def slow(number: int) -> None:
        if number > 20:
            second_wave.set()
        time.sleep(0.5)

    server.spoil = slow
    command = [sys.executable, "-m", "pipeline", "instruct", "--dataset", made.name]
    process = subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.DEVNULL)
    try:
        assert second_wave.wait(60)
    finally:
        process.kill()
        process.wait()
    server.spoil = lambda number: None
    assert 0 < written(made) < 5 * 8
    run(made, "instruct")
    assert written(made) == 5 * 8, "what was answered before the kill is not asked again"


def test_nothing_is_lost_while_a_server_is_away_for_a_while(workspace: Path) -> None:
    port = free_port()
    server = ModelServer(port=port, say=say)
    offer(workspace, server)
    later = threading.Timer(1.0, server.start)
    later.start()
    try:
        made = dataset(workspace)
        run(made, *UNTIL_SELECT)
        assert not lost(made)
    finally:
        later.join()
        server.stop()


def test_an_unknown_model_is_told_before_anything_is_asked(workspace: Path) -> None:
    made = dataset(workspace, writer="nobody", judge="rules", scorer="", refiner="")
    run(made, "curate")
    with pytest.raises(UnknownNameError, match=r"no model “nobody”.*transformers:FOLDER"):
        run(made, "instruct")


def test_the_command_knows_its_models_and_comes_back_as_it_is_shown(
    workspace: Path, server: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = dataset(workspace, "shown").recipe
    words = shlex.split(command_of(recipe, "other", ["curate"]))[3:]
    assert main(words) == 1
    assert "There is no model “echo”" in capsys.readouterr().err
    assert dataset_names(workspace) == ["shown"]
    offer(workspace, server)
    assert main([*words, "--languages", "curl"]) == 0
    assert open_dataset(workspace, "other").recipe.models == ("echo",)
    assert open_dataset(workspace, "other").recipe.judge == "judge-plain+echo"


def test_the_command_tells_what_was_used_and_asks_again(
    workspace: Path, server: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    offer(workspace, server)
    made = dataset(workspace, refiner="", writer="", scorer="")
    server.spoil = lambda number: 400 if number == 3 else None
    steps = ["run", "--dataset", made.name, "--steps", "curate,instruct,judge"]
    assert main(steps) == 0
    asked = f"{made.name}: judge by echo: {5 * OPERATIONS} asked, 1 failed, "
    assert asked in capsys.readouterr().out
    assert num_failed(made) == 1
    assert main(steps) == 0 and num_failed(made) == 1
    assert main([*steps, "--ask-again"]) == 0 and num_failed(made) == 0
    assert f"{5 * OPERATIONS + 1} asked, 1 failed" in capsys.readouterr().out


def test_a_real_model_takes_every_step(workspace: Path, tiny_model: Path) -> None:
    """It speaks nonsense, which is written, judged by one word, and scored by its probabilities."""
    name = f"transformers:{tiny_model}"
    folder_of(workspace.parent / "in", {"a.json": shop(0, 1)})
    made = dataset(workspace, refiner=name, writer=name, judge=f"judge-plain+{name}", scorer=name)
    run(made, *UNTIL_SELECT)
    texts = list(read_table(made.table_path("instruct", "00000", "candidates"), CandidateRow))
    assert {row.origin for row in texts} == {f"model:transformers:{tiny_model.name}"}
    verdicts = list(read_table(made.table_path("judge", "00000", "verdicts"), JudgedRow))
    said = [row.label for row in verdicts]
    assert set(said) <= ({"good", "bad"} if find_spec("llguidance") else {"good", "bad", ""})
    assert len(said) == len(texts) and said.count("") == lost(made).get("unjudged", 0)
    assert {row.judge for row in verdicts} == {f"judge-plain+transformers:{tiny_model.name}"}
    scored = list(read_table(made.table_path("score", "00000", "measures"), ScoredRow))
    means = [row.input_tokens_mean for row in scored if row.input_tokens_mean is not None]
    assert means and max(means) < 0
    assert len(scored) - len(means) == lost(made).get("unscored", 0)
    assert unaccounted(made) == []


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"judge": "rules"}, set[str]()),
        ({}, {"judge"}),
        ({"refiner": "echo"}, {"refine", "judge"}),
        ({"writer": "echo", "scorer": "echo"}, {"instruct", "judge", "score"}),
    ],
)
def test_the_funnel_shows_what_models_were_asked_for(
    workspace: Path, server: ModelServer, fields: dict[str, str], asked: set[str]
) -> None:
    offer(workspace, server)
    made = dataset(workspace, **{"refiner": "", "writer": "", "scorer": "", **fields})
    run(made, *UNTIL_SELECT)
    assert {FILTERS[bar.filter].asks for bar in funnel(made)} - {""} == asked

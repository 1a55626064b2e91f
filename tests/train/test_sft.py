"""A tiny model learns twelve calls of a sample API, is killed, goes on, and leaves the program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.errors import CallwrightError
from core.models.local import LocalModel
from core.models.protocol import Generate, reply
from core.models.trained import last_steps
from core.prompts import load_prompt
from tests.conftest import REPOSITORY
from tests.train.rows import ROW, row, sample_rows, written
from train.__main__ import main
from train.base_model import check_base, load_base
from train.checkpoint import Run, export_model, merge_adapter, read_run, write_run
from train.dataset import Dataset
from train.example import prompt_of
from train.plan import divide, make_plan, prepare
from train.sft import train_sft
from train.sft_settings import PRESETS, SftSettings, read_settings

NUM_OPERATIONS = 12
SETTINGS = SftSettings(max_tokens=512, epochs=15, learning_rate=3e-3, save_steps=10, device="cpu")
"""45 steps."""


@pytest.fixture(scope="module")
def data() -> Dataset:
    rows = sample_rows(NUM_OPERATIONS)
    assert len(rows) == NUM_OPERATIONS
    return Dataset(rows, ())


@pytest.fixture(scope="module")
def trained(data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("trained") / "run"
    train_sft(SETTINGS, data, out)
    return out


def losses(out: Path) -> list[float]:
    run = read_run(out)
    assert run is not None and run.is_done
    return [each["loss"] for each in run.losses if "loss" in each]


def test_tiny_model_is_tiny() -> None:
    assert check_base("tiny").num_parameters <= 2_000_000


def test_loss_falls_by_half(trained: Path) -> None:
    found = losses(trained)
    assert found[-1] <= found[0] / 2


def test_run_says_what_it_was_made_with(trained: Path, data: Dataset) -> None:
    run = read_run(trained)
    assert run is not None
    assert SftSettings(**run.settings) == SETTINGS
    assert run.num_examples == NUM_OPERATIONS
    assert run.data_hash == make_plan(SETTINGS, data, trained).data_hash
    assert run.code_version and run.seconds > 0


def test_killed_run_goes_on_to_the_same_losses(
    trained: Path, tmp_path: Path, data: Dataset
) -> None:
    config = tmp_path / "run.toml"
    config.write_text(
        "[sft]\nmax_tokens = 512\nepochs = 15\nlearning_rate = 3e-3\nsave_steps = 10\n"
        'device = "cpu"\nlog_steps = 1\n'
    )
    rows = written(tmp_path / "rows.jsonl", data.training)
    command = [str(rows), "--config", str(config), "--out", str(tmp_path / "run")]
    process = subprocess.Popen(
        [sys.executable, "-m", "train", "sft", *command],
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    assert process.stderr is not None
    told = next((line for line in process.stderr if line.startswith("step 13 ")), "")
    process.kill()
    process.stderr.close()
    process.wait()
    assert told, "it was killed after thirteen steps"
    steps = last_steps(tmp_path / "run")
    assert steps is not None and steps.name == "checkpoint-10"

    assert main(["sft", *command]) == 0
    whole, each = losses(trained), losses(tmp_path / "run")
    assert len(each) == 45
    means = [sum(each[start : start + 5]) / 5 for start in range(0, 45, 5)]
    assert means == pytest.approx(whole, rel=1e-3)


def test_adapter_learns_and_is_merged(trained: Path, tmp_path: Path, data: Dataset) -> None:
    settings = replace(
        SETTINGS, base=str(trained / "model"), lora_rank=8, epochs=3, learning_rate=1e-2
    )
    run = train_sft(settings, data, tmp_path / "adapter")
    found = losses(tmp_path / "adapter")
    assert run.is_done and found[-1] < losses(trained)[-1]
    assert (tmp_path / "adapter" / "model" / "adapter_model.safetensors").exists()
    merge_adapter(tmp_path / "adapter", tmp_path / "merged")
    asked = Generate("**lang**:cURL", max_tokens=16)
    adapted, merged = (
        reply(LocalModel(str(folder)), asked).text
        for folder in (tmp_path / "adapter" / "model", tmp_path / "merged")
    )
    assert merged == adapted


def test_run_with_a_base_of_its_own_may_move(tmp_path: Path, data: Dataset) -> None:
    train_sft(replace(SETTINGS, lora_rank=2, max_steps=1), data, tmp_path / "run")
    moved = (tmp_path / "run").rename(tmp_path / "moved")
    export_model(moved, tmp_path / "served")
    assert reply(LocalModel(str(tmp_path / "served")), Generate("a", max_tokens=1)).text


def test_half_a_checkpoint_is_none(tmp_path: Path) -> None:
    for name, state in (("9", "{}"), ("10", "{}"), ("20", '{"log_'), ("30", None)):
        folder = tmp_path / "steps" / f"checkpoint-{name}"
        folder.mkdir(parents=True)
        if state is not None:
            (folder / "trainer_state.json").write_text(state)
    assert last_steps(tmp_path) == tmp_path / "steps" / "checkpoint-10"


def test_exported_folder_loads_and_writes_what_it_learnt(trained: Path, tmp_path: Path) -> None:
    assert main(["export", str(trained), "--out", str(tmp_path / "served")]) == 0
    asked = Generate(prompt_of(load_prompt("answer"), sample_rows(1)[0], ()), max_tokens=32)
    exported, before = (
        reply(LocalModel(str(folder)), asked).text
        for folder in (tmp_path / "served", trained / "model")
    )
    assert exported == before
    assert exported.startswith("\ncurl")
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= {
        path.name for path in (tmp_path / "served").iterdir()
    }


def test_general_tasks_are_learnt_too(tmp_path: Path, data: Dataset) -> None:
    tasks = tmp_path / "tasks.jsonl"
    long = " ".join(map(str, range(3_000)))
    lines = [{"problem": each, "solution": "a + b"} for each in ("Add two numbers", long)]
    tasks.write_text("\n".join(map(json.dumps, lines)))
    settings = replace(SETTINGS, recipe="general", mixed_with=str(tasks), max_steps=1)
    run = train_sft(settings, data, tmp_path / "run")
    assert (run.num_examples, run.num_too_long) == (NUM_OPERATIONS + 1, 1)


def test_what_is_held_back_is_in_no_prompt(trained: Path, data: Dataset) -> None:
    settings = replace(SETTINGS, eval_rows=4, prompts="free-3-retrieved", max_tokens=2_000)
    plan = make_plan(settings, data, trained)
    prepared = prepare(plan, settings, load_base(str(trained / "model"))[1])
    assert len(prepared.held_back) == 4
    calls = [example.completion for example in prepared.held_back]
    assert not any(call in example.prompt for call in calls for example in prepared.training)
    assert all(example.num_shots == 3 for example in prepared.held_back)


@pytest.mark.parametrize(("wordings", "count"), [(1, 12), (2, 24), (0, 36)])
def test_a_call_is_learnt_in_several_wordings_and_shown_in_one(
    wordings: int, count: int, trained: Path, data: Dataset
) -> None:
    rows = tuple(
        replace(each, wordings=(f"First {each.functionality}", f"Then {each.functionality}"))
        for each in data.training
    )
    settings = replace(SETTINGS, wordings=wordings, eval_rows=2, max_tokens=2_000)
    plan = make_plan(settings, Dataset(rows, ()), trained)
    assert len(plan.rows) == count
    prepared = prepare(plan, settings, load_base(str(trained / "model"))[1])
    assert len(prepared.training) == count * 10 // 12, "no wording of what is held back is learnt"
    division = divide(plan, settings)
    shown = division.pool.ranked("free-3-retrieved", division.training[0])
    assert len({each.id for each in shown}) == len(shown)


def test_held_back_examples_tell_their_loss(tmp_path: Path, data: Dataset) -> None:
    told: list[dict[str, float]] = []
    settings = replace(
        SETTINGS, eval_rows=4, max_steps=2, save_steps=1, prompts="free-0,free-3-retrieved"
    )
    run = train_sft(settings, data, tmp_path / "run", lambda step, total, each: told.append(each))
    assert run.num_examples == 2 * (NUM_OPERATIONS - 4)
    assert any("eval_loss" in each for each in told)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"max_tokens": 4_096}, "max_tokens is 4,096, and tiny reads 2,048 tokens at most"),
        ({"max_tokens": 8}, "None of 12 examples is as short as max_tokens"),
        ({"eval_rows": 12}, "eval_rows is 12, and the mix has 12 rows: none is left"),
        ({"language": "go"}, "The mix is empty: no training row is in go"),
        ({"base": "no-such-model-anywhere"}, "no base model no-such-model-anywhere that writes"),
    ],
)
def test_mistakes_are_told_before_anything_starts(
    changes: dict[str, Any], message: str, tmp_path: Path, data: Dataset
) -> None:
    with pytest.raises(CallwrightError, match=message):
        train_sft(replace(SETTINGS, **changes), data, tmp_path / "run")
    assert not (tmp_path / "run" / "steps").exists()


def test_missing_gpu_is_told(
    tmp_path: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    paper = SftSettings(preset="paper", **PRESETS["paper"])
    with pytest.raises(CallwrightError, match=r"no GPU .* \(preset paper\) asks for one"):
        make_plan(paper, data, tmp_path)


def test_full_disk_is_told(tmp_path: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda path: full)
    with pytest.raises(CallwrightError, match=r"has 0\.0 GB left, and the run needs"):
        make_plan(SETTINGS, data, tmp_path / "not" / "there")


def test_mix_that_gives_a_test_away_is_not_trained(tmp_path: Path, data: Dataset) -> None:
    leaking = Dataset(data.training, (replace(data.training[0], split="test_level_3"),))
    with pytest.raises(CallwrightError, match="is an API of Level 3"):
        train_sft(SETTINGS, leaking, tmp_path / "run")


def test_other_runs_are_not_written_over(trained: Path, tmp_path: Path, data: Dataset) -> None:
    with pytest.raises(CallwrightError, match="holds a model that is done"):
        train_sft(SETTINGS, data, trained)
    run = read_run(trained)
    assert run is not None
    write_run(tmp_path, replace(run, is_done=False, data_hash="other"))
    with pytest.raises(CallwrightError, match=r"other settings \(seed, the data\)"):
        train_sft(replace(SETTINGS, seed=2), data, tmp_path)
    with pytest.raises(CallwrightError, match="has no checkpoint"):
        export_model(tmp_path, tmp_path / "served")


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda folder: None, "holds no run"),
        (lambda folder: (folder / "run.json").write_text("{}"), "is not what a run left"),
        (
            lambda folder: write_run(folder, Run({}, "", "", 1, 0, is_done=True)),
            "holds a whole model, not an adapter",
        ),
    ],
)
def test_folders_without_an_adapter_are_not_merged(
    prepare: Any, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path)
    assert main(["merge", str(tmp_path), "--out", str(tmp_path / "merged")]) == 1
    assert message in capsys.readouterr().err


def test_export_writes_into_no_folder_that_is_used(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(trained), "--out", str(trained)]) == 1
    assert "is there already, and not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('preset = "large"', "no preset “large”"),
        ('recipe = "expret"', "Did you mean expert"),
        ('prompts = "free-3"', "no kind of prompts “free-3”"),
        ("batch_size = 3\nglobal_batch = 4", "is not a multiple of batch_size"),
        ('recipe = "general"', "needs mixed_with"),
        ('mixed_with = "x.jsonl"', "needs mixed_with"),
        ("rows = -1", "rows is -1. Give 0 or more"),
        ("epochs = 0", "epochs is 0. Give a number above 0"),
        ("speed = 1", "speed is no setting"),
    ],
)
def test_settings_that_cannot_be_are_told(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "run.toml").write_text(f"[sft]\n{text}")
    with pytest.raises(CallwrightError, match=message):
        read_settings(tmp_path / "run.toml")


def test_a_file_changes_its_preset_and_the_command_wins(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text('[sft]\npreset = "small"\nlora_rank = 4')
    assert (read_settings(path).lora_rank, read_settings(path).max_tokens) == (4, 2_048)
    assert read_settings(path, "paper").optimizer == "adafactor"
    assert read_settings(None) == SftSettings()


def test_more_tests_may_be_kept_from_the_mix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = written(tmp_path / "rows.jsonl", [row(1)])
    tests = written(tmp_path / "tests.jsonl", [replace(ROW, split="test_level_3")])
    out = str(tmp_path / "run")
    assert main(["sft", str(rows), "--tests", str(tests), "--out", out]) == 1
    assert "is an API of Level 3" in capsys.readouterr().err

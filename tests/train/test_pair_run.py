"""What trainings on pairs have in common: what is kept back, and a run that goes on."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import orjson
import pytest

from core.errors import CallwrightError
from tests.conftest import REPOSITORY
from train.__main__ import main
from train.checkpoint import read_run
from train.pair_command import PAIR_MODELS
from train.pair_run import divide
from train.pairs import Pair, write_pairs
from train.retriever import RetrieverSettings

SMALL = RetrieverSettings(batch_size=2, eval_pairs=3)
APIS = [Pair(f"ask {number}", f"GET /{number} op: x", f"api {number // 2}") for number in range(10)]


def test_whole_apis_are_kept_back() -> None:
    training, held_back = divide(APIS, SMALL)
    assert len(held_back) == 3
    assert not {pair.api for pair in training} & {pair.api for pair in held_back}
    assert training == [pair for pair in APIS if pair in training], "in their order"
    assert divide(APIS, SMALL) == (training, held_back)


def test_nothing_is_kept_back_unless_asked_for() -> None:
    assert divide(APIS, replace(SMALL, eval_pairs=0)) == (APIS, [])


def test_keeping_everything_back_is_refused() -> None:
    with pytest.raises(CallwrightError, match=r"10 pairs of 5 APIs.*0 are left"):
        divide(APIS, replace(SMALL, eval_pairs=10))


@pytest.mark.parametrize(("kind", "rank"), [("retriever", 4), ("reranker", 0)])
def test_killed_run_goes_on_to_the_same_losses(
    kind: str, rank: int, tiny_bert: str, pairs: list[Pair], tmp_path: Path
) -> None:
    values = {
        "base": tiny_bert,
        "batch_size": 4,
        "learning_rate": 1e-3,
        "lora_rank": rank,
        "save_steps": 4,
        "log_steps": 1,
        "threads": 1,
        **({"found_by": "none", "wrong": 1} if kind == "reranker" else {}),
    }
    lines = [f"{name} = {orjson.dumps(value).decode()}" for name, value in values.items()]
    config = tmp_path / "run.toml"
    config.write_text("\n".join([f"[{kind}]", *lines]))
    write_pairs(tmp_path / "few.jsonl", pairs[:48])
    command = [kind, "--pairs-file", str(tmp_path / "few.jsonl"), "--config", str(config), "--out"]
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    _kill_after("step 6 ", [*command, str(killed)])

    assert main([*command, str(killed)]) == 0
    assert main([*command, str(whole)]) == 0
    assert len(losses(whole)) == 12
    assert losses(killed) == pytest.approx(losses(whole), rel=1e-3)


def losses(out: Path) -> list[float]:
    run = read_run(out)
    assert run is not None and run.is_done
    return [each["loss"] for each in run.losses if "loss" in each]


def _kill_after(step: str, command: list[str]) -> None:
    told = []
    with subprocess.Popen(
        [sys.executable, "-m", "train", *command],
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            told.append(line)
            if line.startswith(step):
                process.kill()
    assert process.returncode < 0, "".join(told)


def test_a_folder_holds_one_run(tiny_bert: str, pairs: list[Pair], tmp_path: Path) -> None:
    settings = RetrieverSettings(tiny_bert, batch_size=8, threads=1)
    train = PAIR_MODELS["retriever"].train
    run = train(settings, pairs[:16], tmp_path, lambda *_: None)
    assert run.settings == asdict(settings)
    with pytest.raises(CallwrightError, match="holds a model that is done"):
        train(settings, pairs[:16], tmp_path, lambda *_: None)

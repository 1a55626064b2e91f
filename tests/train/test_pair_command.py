"""The commands that train on pairs, and what they may be given."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import orjson
import pytest

from core.errors import CallwrightError, DatasetError
from core.retrieval.embed import load_embedder, passage_text
from core.samples import SAMPLES
from tests.train.rows import row, sample_rows, written
from train.__main__ import main
from train.pair_command import PAIR_MODELS, pairs_of
from train.pairs import SIBLINGS, pairs_of_rows
from train.sources import read_entries


def test_the_command_trains_and_keeps_its_pairs(
    tiny_bert: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "run.toml"
    config.write_text(f'[retriever]\nbase = "{tiny_bert}"\nbatch_size = 32\nthreads = 1\n')
    out = tmp_path / "run"
    options = f"--out {out} --pairs 64 --config {config}"
    assert main(["retriever", str(SAMPLES), *options.split()]) == 0, capsys.readouterr().err
    assert len((out / "pairs.jsonl").read_text().splitlines()) == 64
    assert load_embedder(str(out / "model")).queries(["delete a pet"]).shape == (1, 64)
    assert "is trained" in capsys.readouterr().err


@pytest.mark.parametrize("kind", PAIR_MODELS)
def test_check_finds_mistakes_and_starts_nothing(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    command = [kind, str(SAMPLES), "--out", str(out), "--pairs", "100", "--check"]
    assert main(command) == 0
    assert set(orjson.loads(capsys.readouterr().out)) == {"data_hash", "code_version"}
    (tmp_path / "run.toml").write_text(f"[{kind}]\nepochs = 0\n")
    assert main([*command, "--config", str(tmp_path / "run.toml")]) == 1
    assert "epochs is 0. Give a number above 0." in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.yaml"], "none.yaml"),
        ([str(SAMPLES), "--pairs", "0"], "--pairs is 0"),
        ([str(SAMPLES), "rows.jsonl"], "documents, not both"),
    ],
)
def test_the_command_says_what_is_wrong(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retriever", *arguments, "--out", str(tmp_path / "model")]) == 1
    assert message in capsys.readouterr().err


def test_instructions_of_a_dataset_are_questions(tmp_path: Path) -> None:
    rows = sample_rows(12)
    path = written(tmp_path / "rows.jsonl", rows)
    pairs = pairs_of([path], count=100, seed=1, skipped=[])
    assert {pair.question for pair in pairs} == {each.instruction for each in rows}
    known = {passage_text(entry) for entry in read_entries([SAMPLES / "petshelter.json"])}
    assert {pair.passage for pair in pairs} <= known, "as the index says it"


def test_rows_make_one_pair_of_each_operation_siblings_together() -> None:
    rows = [row(number, api=f"api {number % 3}") for number in range(30)]
    again = [replace(each, language="go", id=f"{each.id} again") for each in rows]
    pairs = pairs_of_rows([*rows, *again], count=100, seed=1)
    assert len(pairs) == 30
    changes = sum(one.api != other.api for one, other in pairwise(pairs))
    assert changes <= 30 // SIBLINGS + 3
    assert pairs_of_rows(rows, count=5, seed=1) == pairs_of_rows(rows, count=5, seed=1)
    assert len(pairs_of_rows(rows, count=5, seed=1)) == 5


def test_rows_of_what_is_measured_are_left_out() -> None:
    with pytest.raises(CallwrightError, match="every training row is of an API"):
        pairs_of_rows([row(1, api="asana.com/asana")], count=5, seed=1)


def test_rows_that_give_a_test_away_are_refused(tmp_path: Path) -> None:
    rows = [row(1), row(2), replace(row(2), split="test_level_2", instruction="other words")]
    with pytest.raises(DatasetError, match="would give tests away"):
        pairs_of([written(tmp_path / "rows.jsonl", rows)], count=5, seed=1, skipped=[])

"""The preview of a run shows the very tokens that training learns, and says what is lost."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import orjson
import pytest

from core.errors import CallwrightError
from core.settings import Settings
from tests.train.rows import row, sample_rows, written
from train.__main__ import main
from train.base_model import load_base, make_tiny
from train.dataset import Dataset
from train.example import texts_of
from train.pair_preview import preview_pairs
from train.pairs import Pair
from train.plan import make_plan, prepare
from train.preview import Bin, Preview, bins, pieces_of, preview_sft, read_preview
from train.preview import written as as_json
from train.preview_command import preview_of
from train.reranker import RerankerSettings
from train.retriever import RetrieverSettings
from train.sft_settings import SftSettings

SETTINGS = SftSettings(max_tokens=512, epochs=5, device="cpu", eval_rows=2)
ROWS = sample_rows(12)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Preview:
    return preview_sft(SETTINGS, Dataset(ROWS, ()), tmp_path_factory.mktemp("out"))


def test_tokens_are_those_that_are_learnt(seen: Preview, tmp_path: Path) -> None:
    plan = make_plan(SETTINGS, Dataset(ROWS, ()), tmp_path)
    folder = make_tiny(tmp_path / "tiny", texts_of(plan.rows, plan.tasks), seed=SETTINGS.seed)
    _, tokenizer = load_base(str(folder))
    prepared = prepare(plan, SETTINGS, tokenizer)
    learnt = {(each.prompt_tokens, each.completion_tokens) for each in prepared.training}
    assert seen.rows and all(
        (given.ids, answer.ids) in learnt for given, answer in (one.pieces for one in seen.rows)
    )
    assert seen.num_examples == len(prepared.training) == 10
    assert seen.num_tokens == sum(each.num_tokens for each in prepared.training)
    assert seen.num_learnt == sum(len(each.completion_tokens) for each in prepared.training)
    assert seen.num_held_back == len(prepared.held_back) == 2


def test_what_is_learnt_is_the_call_and_the_end(seen: Preview) -> None:
    given, answer = seen.rows[0].pieces
    assert (given.role, answer.role) == ("read", "learnt")
    assert "".join(given.tokens).rstrip().endswith("### ASSISTANT:")
    assert "".join(answer.tokens).lstrip().startswith("curl ")
    assert answer.tokens[-1] == "</s>"


def test_figures_of_a_preview(seen: Preview) -> None:
    assert seen.num_steps == 15  # ten examples, four to a step, five epochs
    assert sum(each.count for each in seen.lengths) == 10
    assert seen.parts == {"curl": 10}
    assert "no test" in seen.guard
    assert seen.estimate.seconds > 0 and seen.estimate.num_parameters < 2_000_000
    assert not seen.warnings


def test_a_preview_is_written_and_read(seen: Preview) -> None:
    assert read_preview(as_json(seen)) == seen


def test_long_rows_and_cut_examples_are_counted(seen: Preview, tmp_path: Path) -> None:
    longest = max(sum(len(piece.ids) for piece in one.pieces) for one in seen.rows)
    settings = replace(SETTINGS, eval_rows=0, prompts="free-3-retrieved", max_tokens=longest)
    tight = preview_sft(settings, Dataset(ROWS, ()), tmp_path)
    assert tight.num_shortened > 0
    assert tight.num_examples + tight.num_left_out == len(ROWS)
    with pytest.raises(CallwrightError, match="None of 12 examples"):
        preview_sft(replace(SETTINGS, eval_rows=0, max_tokens=10), Dataset(ROWS, ()), tmp_path)


def test_the_guard_counts_tests(tmp_path: Path) -> None:
    test = row(99, split="test_level_3", api="b.test.io/bakery", api_name="Bakery")
    found = preview_sft(replace(SETTINGS, eval_rows=0), Dataset(ROWS, (test,)), tmp_path)
    assert "None of 12 rows gives one of 1 tests away" in found.guard


@pytest.mark.parametrize(
    ("lengths", "first", "last", "num"),
    [
        ([7], Bin(7, 7, 1), Bin(7, 7, 1), 1),
        ([3, 19, 3], Bin(3, 3, 2), Bin(19, 19, 1), 17),
        ([100, 399], Bin(100, 119, 1), Bin(380, 399, 1), 15),
        ([4_096], Bin(4_000, 4_499, 1), Bin(4_000, 4_499, 1), 1),
    ],
)
def test_lengths_stand_in_steps_that_people_read(
    lengths: list[int], first: Bin, last: Bin, num: int
) -> None:
    found = bins(lengths)
    assert len(found) == num <= 20
    assert found[0].low <= min(lengths) and found[-1].high >= max(lengths)
    assert sum(each.count for each in found) == len(lengths)


def test_half_a_letter_is_spelled_as_its_tokenizer_does(tmp_path: Path) -> None:
    folder = make_tiny(tmp_path / "tiny", ["plain words"], seed=1)
    _, tokenizer = load_base(str(folder))
    piece = pieces_of(tokenizer, "read", tokenizer("é€")["input_ids"])
    assert len(piece.tokens) == 5 and all(piece.tokens)
    assert not any("\N{REPLACEMENT CHARACTER}" in token for token in piece.tokens)


def pairs(num: int) -> list[Pair]:
    return [
        Pair(f"show me thing {n}", f"GET /things/{n} getThing: " + "word " * n, f"api {n % 4}")
        for n in range(num)
    ]


def test_a_retriever_reads_question_and_passage_apart(tiny_bert: str, tmp_path: Path) -> None:
    settings = RetrieverSettings(
        base=tiny_bert, batch_size=8, max_tokens=24, eval_pairs=6, threads=1
    )
    found = preview_pairs(settings, pairs(24), tmp_path)
    assert found.num_examples + found.num_held_back == 24 and found.num_held_back == 6
    assert found.num_learnt == 0 and found.num_shortened > 0
    question, passage = found.rows[0].pieces
    assert (question.role, passage.role) == ("question", "passage")
    assert question.tokens[0] == passage.tokens[0] == "[CLS]"
    assert found.num_steps == 3
    assert all(each.high <= 2 * 24 + 1 for each in found.lengths)


def test_a_reranker_reads_them_together(tiny_bert: str, tmp_path: Path) -> None:
    settings = RerankerSettings(base=tiny_bert, batch_size=8, max_tokens=24, wrong=3, threads=1)
    found = preview_pairs(settings, pairs(24), tmp_path)
    question, passage = found.rows[0].pieces
    assert question.tokens[0] == "[CLS]" and "[CLS]" not in passage.tokens
    assert all(sum(len(piece.ids) for piece in one.pieces) <= 24 for one in found.rows)
    assert found.num_steps == 3  # 24 questions, eight to a step
    assert found.num_tokens > 3 * sum(each.low * each.count for each in found.lengths)


def test_a_base_that_reads_less_is_told_of(tiny_bert: str, tmp_path: Path) -> None:
    settings = RetrieverSettings(base=tiny_bert, batch_size=8, max_tokens=100_000)
    with pytest.raises(CallwrightError, match=r"reads .* tokens at most"):
        preview_pairs(settings, pairs(24), tmp_path)


def test_the_command_and_the_page_see_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = written(tmp_path / "rows.jsonl", ROWS)
    command = ["preview", "sft", str(rows), "--out", str(tmp_path / "run")]
    assert main(command) == 0
    assert "12 examples" in capsys.readouterr().out
    settings = Settings(tmp_path / "workspace")
    found = preview_of(settings, "sft", {}, {"path": str(rows)})
    assert main([*command, "--json"]) == 0
    said = orjson.loads(capsys.readouterr().out)
    assert said["rows"] == orjson.loads(orjson.dumps([asdict(one) for one in found.rows]))
    assert said["num_tokens"] == found.num_tokens
    assert not list((tmp_path / "workspace" / "models").iterdir())


def test_what_keeps_a_run_from_starting_is_said(tmp_path: Path) -> None:
    rows = written(tmp_path / "rows.jsonl", ROWS)
    settings = Settings(tmp_path / "workspace")
    with pytest.raises(CallwrightError, match="no base model nothing-here"):
        preview_of(settings, "sft", {"base": "nothing-here/at-all"}, {"path": str(rows)})

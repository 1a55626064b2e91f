"""What a model is shown of a row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.prompts import load_prompt
from core.shots import Shot
from tests.train.rows import row
from train.base_model import load_base, make_tiny
from train.example import Examples, texts_of
from train.shot_pool import KINDS, ShotPool

ROWS = [row(number) for number in range(6)]
ASKED = ROWS[0]
TWIN = replace(ASKED, id="twin", document="b" * 64, instruction=ASKED.instruction)


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = make_tiny(tmp_path_factory.mktemp("tiny"), texts_of(ROWS, []), seed=0)
    return load_base(str(folder))[1]


def examples(tokenizer: Any, *more: Any, max_tokens: int = 2_000) -> Examples:
    return Examples(ShotPool([*ROWS, *more], seed=1), tokenizer, max_tokens=max_tokens)


@pytest.mark.parametrize(("kind", "num_shots"), list(zip(KINDS, (0, 3, 3), strict=True)))
def test_prompt_is_that_of_inference(tokenizer: Any, kind: str, num_shots: int) -> None:
    example = examples(tokenizer).of_row(ASKED, kind)
    assert example is not None and example.num_shots == num_shots
    ranked = ShotPool(ROWS, seed=1).ranked(kind, ASKED)[:3][::-1]
    assert example.prompt == load_prompt("answer").fill(
        api_description=ASKED.api_description,
        lang="cURL",
        examples=[Shot(each.instruction, each.api_call) for each in ranked],
        instruction=ASKED.instruction,
    )


def test_loss_counts_the_call_and_its_end_alone(tokenizer: Any) -> None:
    example = examples(tokenizer).of_row(ASKED, "free-3-random")
    assert example is not None
    counted = [label for label in example.labels if label != -100]
    assert tokenizer.decode(counted) == f"\n{ASKED.api_call}{tokenizer.eos_token}"
    assert example.tokens[-len(counted) :] == counted
    assert tokenizer.decode(example.tokens[: -len(counted)]) == example.prompt
    assert len(example.labels) == len(example.tokens) == example.num_tokens


@pytest.mark.parametrize("kind", KINDS[1:])
def test_no_shot_is_of_the_same_operation_in_any_version(kind: str) -> None:
    same = replace(ASKED, id="again", instruction="In other words")
    ranked = ShotPool([*ROWS, same, TWIN], seed=1).ranked(kind, ASKED)
    assert sorted(each.id for each in ranked) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("kind", KINDS[1:])
def test_shots_are_of_the_same_api_and_language(kind: str) -> None:
    others = [row(20, api="other"), row(21, lang="Go", language="go")]
    ranked = ShotPool([*ROWS, *others], seed=1).ranked(kind, ASKED)
    assert {each.id for each in ranked} == {"1", "2", "3", "4", "5"}


def test_random_shots_hang_on_the_seed_alone() -> None:
    first, again, other = (
        [each.id for each in ShotPool(ROWS, seed=seed).ranked("free-3-random", ASKED)]
        for seed in (1, 1, 2)
    )
    assert first == again != other


def test_nearest_shot_stands_last_and_is_cut_last(tokenizer: Any) -> None:
    near = row(30, instruction="Show me the apples of the shop, by apple ripeness")
    asked = replace(ASKED, instruction="Show me apples by ripeness")
    pool = ShotPool([*ROWS[1:], near, asked], seed=1)
    assert pool.ranked("free-3-retrieved", asked)[0] == near
    whole = Examples(pool, tokenizer, max_tokens=2_000).of_row(asked, "free-3-retrieved")
    assert whole is not None and whole.num_shots == 3
    cut = Examples(pool, tokenizer, max_tokens=whole.num_tokens - 1)
    one_less = cut.of_row(asked, "free-3-retrieved")
    assert one_less is not None and one_less.num_shots == 2
    for example in (whole, one_less):
        last_shot = example.prompt.rpartition("Your actual task:")[0].rpartition("**instruction**")
        assert near.instruction in last_shot[2]


def test_row_that_is_too_long_alone_is_left_out(tokenizer: Any) -> None:
    alone = examples(tokenizer).of_row(ASKED, "free-0")
    assert alone is not None
    fits = examples(tokenizer, max_tokens=alone.num_tokens)
    assert fits.of_row(ASKED, "free-3-retrieved") == replace(alone, num_cut=3)
    too_short = examples(tokenizer, max_tokens=alone.num_tokens - 1)
    assert too_short.of_row(ASKED, "free-3-retrieved") is None
    assert too_short.of_task(Shot("word " * 500, "x")) is None


def test_instructions_without_a_telling_word_have_neighbours() -> None:
    silent = [replace(each, instruction="?") for each in ROWS]
    assert len(ShotPool(silent, seed=1).ranked("free-3-retrieved", silent[0])) == 5

"""A real, tiny Llama by transformers."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

import pytest

from core.errors import ModelError
from core.models.local import LocalModel
from core.models.opening import open_model
from core.models.protocol import (
    Choice,
    Failure,
    Generate,
    JsonSchema,
    Message,
    Reply,
    Score,
    Scored,
    replies,
    reply,
    scores,
)
from core.models.tokens import prompt_ids, text_ids
from tests.conftest import unavailable
from tests.tiny_model import CONTEXT

CHAT = (Message("user", "List all pets"),)


@pytest.fixture(scope="module")
def model(tiny_model: Path) -> LocalModel:
    return LocalModel(str(tiny_model))


@pytest.fixture
def constrained(model: LocalModel) -> LocalModel:
    if not importlib.util.find_spec("llguidance"):
        unavailable("llguidance is not installed")
    return model


def test_greedy_replies_are_the_same_twice(model: LocalModel, tiny_model: Path) -> None:
    tasks = [Generate(CHAT, max_tokens=12), Generate("GET /pets", max_tokens=12)]
    once = replies(model, tasks)
    again = replies(LocalModel(str(tiny_model)), tasks[::-1])[::-1]
    assert [each.text for each in once if isinstance(each, Reply)] == [
        each.text for each in again if isinstance(each, Reply)
    ]


def test_a_seed_throws_the_same_dice_and_another_seed_others(model: LocalModel) -> None:
    def thrown(seed: int) -> str:
        return reply(model, Generate(CHAT, max_tokens=12, temperature=1.0, seed=seed)).text

    assert thrown(1) == thrown(1) != thrown(2)


def test_a_reply_is_counted_and_cut(model: LocalModel) -> None:
    found = reply(model, Generate("GET /pets", max_tokens=5))
    assert (found.completion_tokens, found.is_cut) == (5, True)
    assert found.prompt_tokens > 0


def test_a_text_that_stops_the_reply_is_no_part_of_it(model: LocalModel) -> None:
    whole = reply(model, Generate(CHAT, max_tokens=30)).text
    stop = whole[len(whole) // 2]
    assert (
        reply(model, Generate(CHAT, max_tokens=30, stop=(stop,))).text
        == (whole[: whole.index(stop)])
    )


def test_a_stream_gives_the_reply(model: LocalModel) -> None:
    task = Generate(CHAT, max_tokens=20)
    assert "".join(model.stream(task)) == reply(model, task).text


def test_a_stream_that_is_closed_stops_the_model(model: LocalModel) -> None:
    stream = model.stream(Generate(CHAT, max_tokens=CONTEXT - 50))
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert reply(model, Generate(CHAT, max_tokens=2)).completion_tokens == 2


def test_a_score_is_what_the_softmax_says_of_exactly_the_text(
    model: LocalModel, tiny_model: Path
) -> None:
    """By hand: each token's probability after all before it, the prompt's own left out."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    weights = AutoModelForCausalLM.from_pretrained(tiny_model)
    prompt, text = "Input: Find my pets\nOutput:\n", "Functionality: List all pets\nAPI: Pets"
    before, after = tokenizer(prompt)["input_ids"], tokenizer(text)["input_ids"]
    by_hand = []
    for length in range(len(after)):
        with torch.no_grad():
            logits = weights(torch.tensor([before + after[:length]])).logits[0, -1]
        by_hand.append(float(torch.log(torch.softmax(logits, -1))[after[length]]))
    [found] = scores(model, [Score(prompt, text)])
    assert isinstance(found, Scored)
    assert found.log_probabilities == pytest.approx(by_hand, abs=1e-4)
    assert found.mean == pytest.approx(sum(by_hand) / len(by_hand), abs=1e-4)


def test_an_empty_text_is_certain(model: LocalModel) -> None:
    [found] = scores(model, [Score("a", "")])
    assert isinstance(found, Scored)
    assert (found.log_probabilities, found.mean) == ((), 0)


def test_what_is_too_long_fails_alone_and_in_words(model: LocalModel) -> None:
    found = replies(model, [Generate("pet " * 5000), Generate("a", max_tokens=1)])
    assert isinstance(found[0], Failure)
    assert f"the model reads {CONTEXT}" in found[0].reason
    assert isinstance(found[1], Reply)
    assert isinstance(scores(model, [Score("a", "pet " * 5000)])[0], Failure)


@pytest.mark.parametrize("options", [("Good", "Bad"), ("1", "10", "none"), ('a "quoted" one\\',)])
def test_a_choice_is_kept_to(constrained: LocalModel, options: tuple[str, ...]) -> None:
    found = reply(constrained, Generate(CHAT, constraint=Choice(options)))
    assert found.text in options
    assert not found.is_cut


def test_a_schema_is_kept_to(constrained: LocalModel) -> None:
    schema = {
        "type": "object",
        "properties": {
            "petId": {"type": "integer", "minimum": 1, "maximum": 99},
            "kind": {"enum": ["dog", "cat"]},
        },
        "required": ["petId", "kind"],
        "additionalProperties": False,
    }
    for seed in range(5):
        task = Generate(CHAT, temperature=1.0, seed=seed, constraint=JsonSchema(json.dumps(schema)))
        found = json.loads(reply(constrained, task).text)
        assert found.keys() == {"petId", "kind"}
        assert 1 <= found["petId"] <= 99
        assert found["kind"] in ("dog", "cat")


def test_a_chat_template_is_used_where_there_is_one(tiny_model: Path) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    tokenizer.chat_template = (
        "{% for turn in messages %}{{ bos_token }}{{ turn.role }}: {{ turn.content }}{% endfor %}"
        "{% if add_generation_prompt %}{{ eos_token }}assistant:{% endif %}"
    )
    written = tokenizer.decode(prompt_ids(tokenizer, CHAT))
    assert written == "<s>user: List all pets</s>assistant:"
    tokenizer.chat_template = None
    assert tokenizer.decode(prompt_ids(tokenizer, CHAT)) == "List all pets"
    assert tokenizer.decode(text_ids(tokenizer, "pets")) == "pets"


def test_a_folder_without_weights_is_said(tmp_path: Path) -> None:
    model = open_model(f"transformers:{tmp_path}", ())
    with pytest.raises(ModelError, match="cannot be loaded"):
        reply(model, Generate("a"))


def test_weights_written_again_are_other_weights(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"1")
    first = LocalModel(str(tmp_path)).identity
    os.utime(weights, (1e9, 1e9))
    assert LocalModel(str(tmp_path)).identity != first

"""Our shortcut says what ``difflib`` says, always."""

from __future__ import annotations

import random
from difflib import SequenceMatcher

import pytest

from core.metrics.similarity import is_similar
from core.render import CLIENTS
from core.request import Request, json_body

PAIRS = 10_000


def calls() -> list[str]:
    requests = [
        Request.from_url("GET", "https://api.example.com/v1/pets?limit=3&tag=a"),
        Request.from_url("PUT", "https://api.example.com/v1/pets/7/photos/8"),
        Request.from_url(
            "POST",
            "https://api.example.com/v1/pets",
            headers=(("Authorization", "Bearer REPLACE_token"),),
            body=json_body({"name": "Rex", "tags": ["a", "b"], "owner": {"email": "a@b.example"}}),
        ),
    ]
    return [client.render(request) for client in CLIENTS.values() for request in requests]


def spoilt(text: str, chance: random.Random) -> str:
    """The text with up to a fifth of it changed, as near to the bound as can be."""
    letters = list(text)
    for _ in range(chance.randint(0, max(1, len(text) // 8))):
        at = chance.randrange(len(letters) + 1)
        kind = chance.randrange(3)
        if kind == 0:
            letters.insert(at, chance.choice('abc/"{} '))
        elif letters and at < len(letters):
            letters[at] = chance.choice("xyz-_1") if kind == 1 else ""
    if chance.random() < 0.2:
        cut = chance.randrange(len(letters) + 1)
        letters = letters[cut:] + letters[:cut]
    return "".join(letters)


def test_same_as_difflib_on_ten_thousand_random_pairs() -> None:
    chance = random.Random(7)
    texts = [*calls(), "", "a", "ab" * 150, "abcdefgh" * 60]
    near = 0
    for _ in range(PAIRS):
        one = chance.choice(texts)[: chance.choice([20, 60, 199, 200, 260])]
        other = spoilt(one, chance) if chance.random() < 0.8 else chance.choice(texts)[:260]
        ratio = SequenceMatcher(None, one, other).ratio()
        near += 0.85 < ratio < 0.95
        assert is_similar(one, other) == (ratio > 0.9), (one, other)
    assert near > PAIRS / 10, "the pairs must lie around the bound"


@pytest.mark.parametrize("text", ["", "a", "ab" * 99, "ab" * 100, "ab" * 101 + "c", "é" * 300])
def test_text_beside_itself(text: str) -> None:
    assert is_similar(text, text) == (SequenceMatcher(None, text, text).ratio() > 0.9)

"""A real Llama of random numbers, made in seconds: whatever runs language models runs this one, and
no weights have to come from anywhere.

It speaks nonsense, always the same: its numbers come from a seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from train.base_model import make_tiny

CONTEXT = 1_024
"""Tokens that it can look at."""


def make_tiny_model(folder: Path, *, seed: int = 0) -> Path:
    """Write the model that training begins with, with numbers that scatter more."""
    return make_tiny(folder, _texts(), seed=seed, spread=0.2, longest=CONTEXT)


def _texts() -> Iterator[str]:
    """What the words of the tokenizer are learnt from."""
    yield from _SENTENCES
    yield from (f'{{"petId": {number}, "name": "Rex", "limit": {number}}}' for number in range(50))


_SENTENCES = (
    "List all pets of the shop, twenty on a page, in the order of their names.",
    "Delete a booking by its identifier; a deleted booking cannot be had back.",
    "curl --request GET --url 'https://api.example.com/v1/pets?limit=10'",
    "import requests; response = requests.post(url, json=payload, headers=headers)",
    "Functionality: Search cards. Description: Searches the inventory for cards. API: Cards",
    "How can I create an invoice for customer C-1042 with the Billing API? Write one instruction.",
    "**instruction** **output** **api_description** **lang** ### ASSISTANT: Good Bad none",
    "The quick brown fox jumps over the lazy dog while the user asks the assistant a question.",
)

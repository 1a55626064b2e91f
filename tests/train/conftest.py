"""What tests of trainings on pairs begin with."""

from __future__ import annotations

import pytest

from core.samples import SAMPLES
from tests.train.tiny_bert import make_tiny_bert
from train.pairs import Pair, make_pairs
from train.sources import read_entries


@pytest.fixture(scope="session")
def pairs() -> list[Pair]:
    """Questions about the operations of the sample APIs."""
    return make_pairs(read_entries([SAMPLES]), count=640, seed=1)


@pytest.fixture(scope="session")
def tiny_bert(pairs: list[Pair], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small model that knows the words of the sample APIs, and nothing else."""
    folder = tmp_path_factory.mktemp("tiny-bert")
    words = [text for pair in pairs for text in (pair.question, pair.passage)]
    return make_tiny_bert(folder, words)

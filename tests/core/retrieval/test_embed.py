"""The models that come with the app: the packaged one, and the same with our adapter."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import ModelError
from core.retrieval.embed import load_embedder
from core.settings import DEFAULT_EMBEDDER, PLAIN_EMBEDDER

QUESTION = "get rid of the SSH key that I no longer use"
RIGHT = "DELETE /v2/account/keys/{key_id} sshKeys_delete: "
WRONG = "GET /v2/account/keys/{key_id} sshKeys_get: "


def lead(name: str) -> float:
    """By how much the right operation's cosine is above its sibling's."""
    embedder = load_embedder(name)
    asked = embedder.queries([QUESTION])[0]
    right, wrong = embedder.passages([RIGHT, WRONG])
    return float(asked @ right - asked @ wrong)


def test_the_adapter_tells_siblings_apart() -> None:
    assert lead(DEFAULT_EMBEDDER) > lead(PLAIN_EMBEDDER) + 0.05


def test_vectors_have_length_one() -> None:
    vectors = load_embedder().passages([RIGHT, WRONG])
    assert vectors.shape == (2, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_folder_that_is_no_model_is_told() -> None:
    with pytest.raises(ModelError, match="The embedder no/such/model cannot be loaded"):
        load_embedder("no/such/model").queries(["a"])

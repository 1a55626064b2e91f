"""Which models are on this machine, found out without loading or fetching any."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.inventory import embedders, is_here, rerankers, used_megabytes
from core.settings import DEFAULT_EMBEDDER, PLAIN_EMBEDDER


def test_the_default_embedder_and_none_are_always_here() -> None:
    here = {model.name for model in embedders() if model.is_here}
    assert {DEFAULT_EMBEDDER, PLAIN_EMBEDDER, "none"} <= here
    assert all(not model.get for model in embedders() if model.is_here)


def test_a_model_that_is_not_here_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    (found,) = [model for model in rerankers("a/b c") if model.name == "a/b c"]
    assert not found.is_here
    assert found.get == "hf download 'a/b c'"


@pytest.mark.parametrize("name", ["", "a/b/c/d", "/no/such/folder", "no/such"])
def test_a_name_that_is_none_is_not_here(name: str) -> None:
    assert not is_here(name)


def test_a_folder_is_a_model(tmp_path: Path) -> None:
    assert is_here(str(tmp_path))
    assert str(tmp_path) in [model.name for model in embedders(str(tmp_path))]


def test_a_known_name_is_listed_once() -> None:
    names = [model.name for model in embedders("none", "", DEFAULT_EMBEDDER)]
    assert len(names) == len(set(names)) == len(embedders())


def test_process_takes_memory() -> None:
    assert used_megabytes() > 1

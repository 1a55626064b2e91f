"""Catalogues of a workspace: kept, opened, removed, damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.catalogue import folder
from core.catalogue.asking import Example
from core.catalogue.folder import Questions
from core.catalogue.function import Catalogue
from core.catalogue.source import read_catalogue
from core.errors import CallwrightError, StoreError, UnknownNameError

EXAMPLE = Example("1", "Boil an egg", "kitchen.boil", {"minutes": 4}, "hand")


def kitchen(description: str = "Boil an egg.") -> Catalogue:
    boil = {"name": "boil", "description": description}
    whole = {"name": "My Kitchen!", "functions": [boil]}
    return read_catalogue("kitchen.json", json.dumps(whole).encode())


def test_the_first_look_brings_the_bundled_catalogue(tmp_path: Path) -> None:
    assert folder.list_catalogues(tmp_path) == ["map-drawing"]
    assert len(folder.open_catalogue(tmp_path, "map-drawing").functions) == 10
    assert len(folder.read_questions(tmp_path, "map-drawing").examples) >= 60


def test_what_was_removed_stays_away(tmp_path: Path) -> None:
    folder.keep_catalogue(tmp_path, kitchen())
    folder.list_catalogues(tmp_path)
    folder.remove_catalogue(tmp_path, "my-kitchen")
    (tmp_path / "catalogues").mkdir(exist_ok=True)
    assert folder.list_catalogues(tmp_path) == []


def test_a_catalogue_is_kept_with_questions_and_runs(tmp_path: Path) -> None:
    assert folder.keep_catalogue(tmp_path, kitchen()) == "my-kitchen"
    assert folder.open_catalogue(tmp_path, "My Kitchen!") == kitchen()
    assert folder.read_questions(tmp_path, "my-kitchen") == Questions(())
    folder.keep_questions(tmp_path, "my-kitchen", Questions((EXAMPLE,), {"made_by": "hand"}))
    assert folder.read_questions(tmp_path, "my-kitchen").examples == (EXAMPLE,)
    folder.keep_run(tmp_path, "my-kitchen", "1", {"size": 1})
    folder.keep_run(tmp_path, "my-kitchen", "2", {"size": 2})
    assert folder.read_runs(tmp_path, "my-kitchen") == [{"size": 2}, {"size": 1}]


def test_another_catalogue_of_that_name_is_not_lost(tmp_path: Path) -> None:
    folder.keep_catalogue(tmp_path, kitchen())
    folder.keep_catalogue(tmp_path, kitchen())
    with pytest.raises(StoreError, match="another catalogue called My Kitchen"):
        folder.keep_catalogue(tmp_path, kitchen("Boil two eggs."))
    assert folder.open_catalogue(tmp_path, "my-kitchen") == kitchen()


@pytest.mark.parametrize("name", ["../secret", "nothing", "", "a/b"])
def test_names_lead_nowhere_else(tmp_path: Path, name: str) -> None:
    assert folder.folder_of(tmp_path, name).parent == tmp_path / "catalogues"
    for act in (folder.open_catalogue, folder.remove_catalogue):
        with pytest.raises(UnknownNameError):
            act(tmp_path, name)


@pytest.mark.parametrize("text", ["{", '{"examples": [{"id": 1}]}', '{"examples": 3}', "{}"])
def test_damaged_questions_are_said(tmp_path: Path, text: str) -> None:
    name = folder.keep_catalogue(tmp_path, kitchen())
    (folder.folder_of(tmp_path, name) / "questions.json").write_text(text)
    with pytest.raises(StoreError, match=r"questions\.json"):
        folder.read_questions(tmp_path, name)


@pytest.mark.parametrize("text", ["{", "[]", '{"id": 1}', '{"id":1,"question":"x"}'])
def test_lines_that_are_no_questions_are_refused(text: str) -> None:
    with pytest.raises(CallwrightError, match=r"mine\.jsonl"):
        folder.hand_written("mine.jsonl", text.encode())

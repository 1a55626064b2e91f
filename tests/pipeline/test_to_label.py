"""A dataset's candidates come to the people who label."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from core.settings import Settings
from core.store.candidates import pools, stored_candidates
from core.store.database import open_store
from pipeline.to_label import bring
from tests.pipeline.small import document, folder_of, made, operation


def test_candidates_come_with_their_operation_and_once(tmp_path: Path) -> None:
    paths = {"/pets": {"get": operation("List all pets", operationId="listPets")}}
    folder = folder_of(tmp_path / "documents", {"a.json": document("Pets", paths)})
    dataset = made(tmp_path, folder, "curate", "instruct")
    with closing(open_store(Settings(tmp_path / "workspace"))) as store:
        assert bring(store, dataset) == 5
        assert bring(store, dataset) == 0
        assert pools(store) == {dataset.name: 5}
        found = [stored.candidate for stored in stored_candidates(store)]
    assert {each.endpoint for each in found} == {"listPets"}
    assert len({each.group for each in found}) == 1
    assert found[0].functionality == "List all pets" and found[0].origin == "template"


def test_dataset_that_has_no_candidates_yet_brings_none(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "documents", {"a.json": document("Pets", {})})
    dataset = made(tmp_path, folder, "curate")
    with closing(open_store(Settings(tmp_path / "workspace"))) as store:
        assert bring(store, dataset) == 0

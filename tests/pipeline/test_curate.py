"""Documents → operations and calls: what filters take, and that nothing is lost uncounted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.errors import StoreError
from core.render import CLIENTS
from core.settings import Settings
from pipeline.curate import published_clients
from pipeline.dataset import keep_anyway
from pipeline.drop import FILTERS, DropRow, Tally
from pipeline.funnel import losses, unaccounted
from pipeline.row import CallRow, OperationRow
from pipeline.steps import STEPS
from pipeline.table import read_table
from pipeline.work import run_step
from tests.pipeline.small import SAMPLES, dataset_of, document, folder_of, made, operation, shop

GERMAN = {
    f"/raeume{n}": {"get": operation(f"Liste der Räume und ihrer Buchungen für das Haus {n}")}
    for n in range(3)
}
AMAZON = {
    f"/#X-Amz-Target=Shop.{name}": {
        "post": operation(
            f"{name} the parcels of a customer",
            operationId=name,
            parameters=[
                {
                    "name": "X-Amz-Target",
                    "in": "header",
                    "required": True,
                    "schema": {"type": "string", "enum": [f"Shop.{name}"]},
                }
            ],
        )
    }
    for name in ("Send", "Count")
}
OWN_CALLS = {
    "/pets": {
        "get": operation(
            "List all pets",
            **{
                "x-codeSamples": [
                    {"lang": "Shell", "source": "curl https://own.test.io/v1/pets"},
                    {"lang": "Shell", "source": "curl https://own.test.io/v1/dogs"},
                    {"lang": "Shell", "source": "echo hello"},
                    {"lang": "COBOL", "source": "PERFORM"},
                ]
            },
        )
    }
}


def rows(workspace: Path, documents: dict[str, Any], **fields: Any) -> dict[str, list[Any]]:
    """What curate makes of documents, and what it drops, by filter."""
    dataset = made(workspace, folder_of(workspace / "documents", documents), "curate", **fields)
    assert unaccounted(dataset) == []
    found: dict[str, list[Any]] = {
        "operations": list(
            read_table(dataset.table_path("curate", "00000", "operations"), OperationRow)
        ),
        "calls": list(read_table(dataset.table_path("curate", "00000", "calls"), CallRow)),
    }
    dropped = {name: [lost.drop.key for lost in losses(dataset, name)] for name in FILTERS}
    return found | {name: keys for name, keys in dropped.items() if keys}


def test_every_operation_is_called_in_every_language(tmp_path: Path) -> None:
    dataset = made(tmp_path, SAMPLES, "curate", languages=STEPS_LANGUAGES)
    calls = list(read_table(dataset.table_path("curate", "00000", "calls"), CallRow))
    operations = list(read_table(dataset.table_path("curate", "00000", "operations"), OperationRow))
    assert len(operations) == 237
    called = {(call.operation, call.language) for call in calls}
    assert called == {(n, language) for n in range(237) for language in STEPS_LANGUAGES}
    assert {call.client for call in calls} - {""} == set(published_clients(STEPS_LANGUAGES))


STEPS_LANGUAGES = (
    "curl",
    "libcurl",
    "java",
    "javascript",
    "node",
    "go",
    "php",
    "python",
    "ruby",
    "swift",
)


def test_clients_are_those_that_api_pack_published() -> None:
    clients = published_clients(STEPS_LANGUAGES)
    assert len(clients) == 10
    assert all(CLIENTS[name].api_pack_lang for name in clients)


@pytest.mark.parametrize(
    ("filter_", "documents"),
    [
        ("unreadable", {"a.json": b'{"openapi": "3.0.0", "paths": '}),
        ("no-endpoint", {"a.json": document("Empty", {})}),
        ("foreign-document", {"a.json": document("Hotel", GERMAN)}),
        ("unusable", {"a.json": document("Odd", {"/a": {"get": 5}})}),
        ("no-words", {"a.json": document("Mute", {"/a": {"get": operation()}})}),
        (
            "foreign-operation",
            {"a.json": document("Mixed", {**shop(1)["paths"], "/r": GERMAN["/raeume1"]})},
        ),
    ],
)
def test_filters_take_what_they_are_for(
    tmp_path: Path, filter_: str, documents: dict[str, Any]
) -> None:
    found = rows(tmp_path, {**documents, "other.json": shop(0, 2)})
    assert len(found[filter_]) == 1
    assert {name for name in found if name not in ("operations", "calls")} == {filter_}


def test_foreign_documents_stay_where_they_are_wanted(tmp_path: Path) -> None:
    found = rows(tmp_path, {"a.json": document("Hotel", GERMAN)}, english_only=False)
    assert len(found["operations"]) == 3


def test_what_a_person_keeps_is_not_dropped_again(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "documents", {"a.json": document("Hotel", GERMAN)})
    dataset = made(tmp_path, folder, "curate")
    (lost,) = losses(dataset, "foreign-document")
    keep_anyway(dataset, "curate", lost.part, lost.drop.key)
    ran = run_step(STEPS["curate"], dataset, Settings(tmp_path))
    assert ran.made == 1
    assert list(losses(dataset, "foreign-document")) == []
    assert {lost.drop.filter for lost in losses(dataset, "foreign-operation")} == {
        "foreign-operation"
    }


def test_examples_step_in_where_placeholders_make_an_illegal_call(tmp_path: Path) -> None:
    found = rows(tmp_path, {"a.json": document("Parcels", AMAZON)}, languages=("curl",))
    assert [call.values for call in found["calls"]] == ["example", "example"]
    assert "X-Amz-Target: Shop.Send" in found["calls"][0].code


def test_calls_of_the_document_are_kept_where_they_are_legal(tmp_path: Path) -> None:
    found = rows(tmp_path, {"a.json": document("Own", OWN_CALLS)}, languages=("curl",))
    own = [call for call in found["calls"] if call.origin == "document"]
    assert [call.code for call in own] == ["curl https://own.test.io/v1/pets"]
    assert [len(found[name]) for name in ("own-illegal", "own-unread", "own-language")] == [1, 1, 1]


def test_a_defect_of_ours_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: object) -> str:
        raise ZeroDivisionError("not today")

    folder = folder_of(tmp_path / "documents", {"a.json": shop(0, 2)})
    monkeypatch.setattr("pipeline.curate.objection", lambda request, operation: broken(request))
    dataset = made(tmp_path, folder, "curate")
    lost = list(losses(dataset, "no-request"))
    assert len(lost) == 2
    assert lost[0].drop.reason.startswith("Unexpected ZeroDivisionError: not today")


def test_full_disk_stops_the_step_and_drops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path / "documents", {"a.json": shop(0, 2)})
    dataset = dataset_of(tmp_path, folder)

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("core.workspace.os.fsync", no_space)
        with pytest.raises(StoreError, match="No space left"):
            run_step(STEPS["curate"], dataset, Settings(tmp_path))
    assert list((dataset.path / "curate").iterdir()) == []
    assert run_step(STEPS["curate"], dataset, Settings(tmp_path)).made == 1
    assert list(losses(dataset, "no-request")) == []


def test_memory_that_runs_out_is_no_reason_to_drop() -> None:
    tally = Tally()
    with pytest.raises(MemoryError), tally.dropping("unreadable", "tests", "a", "a"):
        raise MemoryError
    assert tally.drops == []


def test_only_matters_of_taste_can_be_kept() -> None:
    tally = Tally(frozenset(["a"]))
    assert tally.drop(DropRow("unreadable", "tests", "a", "a", "It is broken."))
    assert not tally.drop(DropRow("foreign-document", "tests", "a", "a", "It is Czech."))


def test_text_that_nothing_can_keep_costs_no_more_than_its_operation(tmp_path: Path) -> None:
    nul = "\0"
    body = {"content": {f"text/{nul}": {"schema": {"type": "string"}}}}
    paths = {
        "/a": {"post": operation(f"Send the {nul} of a thing", requestBody=body)},
        f"/{nul}": {"get": operation("Get the things of a path that has no name")},
        "/c": {"get": operation(f"Get the things{nul} of a page", tags=[nul])},
    }
    found = rows(tmp_path, {"a.json": document(f"Odd {nul}", paths), "b.json": shop(0, 2)})
    labels = {row.label for row in found["operations"]}
    assert {"GET /c", "GET /apples0/{id}", "GET /breads1/{id}"} <= labels
    assert len(found["unusable"]) == 1
    assert not any(nul in row.summary + row.title for row in found["operations"])

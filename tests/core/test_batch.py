"""Many documents: every operation becomes rows or a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core import batch
from core.batch import Call, Order, calls, every_media_type, reasons, render_all, summary
from core.build import build
from core.errors import DocumentError
from core.openapi.document import Document
from core.openapi.operation import Dropped
from core.render import CLIENTS
from core.values import ExampleValues

PETS: dict[str, Any] = {
    "openapi": "3.0.0",
    "servers": [{"url": "https://api.example.com"}],
    "paths": {
        "/pets": {
            "get": {"operationId": "listPets"},
            "post": {
                "requestBody": {
                    "content": {
                        "application/xml": {"schema": {"type": "object"}},
                        "application/json": {"schema": {"type": "object"}},
                    }
                }
            },
            "put": {"parameters": 5},
        }
    },
}


def test_every_operation_comes_in_every_client_in_order() -> None:
    document = Document(PETS)
    found = list(calls(document, ExampleValues(document), ["curl", "go-nethttp"]))
    assert [
        (item.operation.label, item.client) if isinstance(item, Call) else item.where
        for item in found
    ] == [
        ("GET /pets", "curl"),
        ("GET /pets", "go-nethttp"),
        ("POST /pets", "curl"),
        ("POST /pets", "go-nethttp"),
        "PUT /pets",
    ]


def test_media_types_are_picked_by_the_caller() -> None:
    document = Document(PETS)
    values = ExampleValues(document)
    preferred = [item for item in calls(document, values, ["curl"]) if isinstance(item, Call)]
    every = [
        item
        for item in calls(document, values, ["curl"], every_media_type)
        if isinstance(item, Call)
    ]
    assert [item.media_type for item in preferred] == [None, "application/json"]
    assert [item.media_type for item in every] == [None, "application/xml", "application/json"]


def test_defect_in_one_operation_costs_that_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_on_post(operation: Any, *others: Any, **choices: Any) -> Any:
        if operation.method == "POST":
            raise ZeroDivisionError("by zero")
        return build(operation, *others, **choices)

    monkeypatch.setattr(batch, "build", fail_on_post)
    document = Document(PETS)
    found = list(calls(document, ExampleValues(document), ["curl"]))
    lost = [item for item in found if isinstance(item, Dropped)]
    assert [item.where for item in lost] == ["POST /pets", "PUT /pets"]
    assert lost[0].reason.startswith("Unexpected ZeroDivisionError: by zero.")
    assert isinstance(found[0], Call)


@pytest.mark.parametrize("workers", [1, 2])
def test_rows_and_reasons_of_a_folder(tmp_path: Path, workers: int) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "pets.json").write_text(json.dumps(PETS))
    (source / "later.yaml").write_text("openapi: 9.0.0\npaths: {}\n")
    tallies = list(render_all(source, Order(out, clients=("curl",)), workers=workers))

    by_name = {tally.document: tally for tally in tallies}
    assert by_name.keys() == {"deep/pets.json", "later.yaml"}
    pets = by_name["deep/pets.json"]
    assert (pets.operations, pets.calls, len(pets.dropped), pets.reason) == (3, 2, 1, "")
    assert "version 9.0.0" in by_name["later.yaml"].reason
    rows = [json.loads(line) for line in (out / "deep/pets.json.jsonl").read_text().splitlines()]
    assert rows[0] == {
        "operation": "GET /pets",
        "operation_id": "listPets",
        "pointer": "/paths/~1pets/get",
        "media_type": None,
        "client": "curl",
        "code": "curl --request GET \\\n  --url https://api.example.com/pets",
        "notes": [],
    }
    assert sorted(path.name for path in out.rglob("*") if path.is_file()) == ["pets.json.jsonl"]

    report = summary(tallies)
    assert (report["documents"], report["operations"], report["calls"]) == (2, 3, 2)
    assert report["dropped"] == [
        {
            "document": "deep/pets.json",
            "where": "PUT /pets",
            "pointer": "/paths/~1pets/put",
            "reason": pets.dropped[0].reason,
        }
    ]
    assert sum(reasons(tallies).values()) == 2


def test_all_clients_are_rendered_unless_some_are_named(tmp_path: Path) -> None:
    source = tmp_path / "pets.json"
    source.write_text(json.dumps(PETS))
    (tally,) = render_all(source, Order(tmp_path / "out"))
    assert tally.calls == 2 * len(CLIENTS)


def test_nothing_to_render_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no document")
    (tmp_path / "more.txt").write_text("no document")
    with pytest.raises(DocumentError, match="holds no OpenAPI document"):
        list(render_all(tmp_path, Order(tmp_path / "out")))

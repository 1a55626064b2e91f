"""The command ask, as a person types it; by words only, so that no model has to be loaded."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from core.__main__ import main
from core.settings import Settings
from core.store.database import open_store
from tests.core.store.documents import imported, pets

QUESTION = "cancel booking 8841"


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that nobody has opened."""
    folder = tmp_path / "workspace"
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(folder))
    monkeypatch.delenv("CALLWRIGHT_DATABASE", raising=False)
    return folder


def test_call_is_printed_and_its_reasons_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--words-only", "--client", "python-requests"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("import requests")
    assert "bookings/8841" in said.out
    assert "DELETE /bookings/{bookingId} of Harbor Bookings: valid" in said.err
    assert "path bookingId = 8841 from “8841”" in said.err


def test_json_holds_call_evidence_and_alternatives(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--words-only", "--json", "--top", "3"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["operation"] == "DELETE /bookings/{bookingId}"
    (evidence,) = row["evidence"]
    assert QUESTION[evidence["start"] : evidence["end"]] == "8841"
    assert row["status"] == "valid"
    assert row["request"]["method"] == "DELETE"
    assert len(row["alternatives"]) == 2


def test_api_is_named_by_a_part_of_its_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "list everything new", "--words-only", "--api", "tasKB", "--json"]) in (
        0,
        1,
    )
    row = json.loads(capsys.readouterr().out)
    found = [each["api"] for each in row["alternatives"]]
    assert set(found) == {"Taskboard"}


def test_api_that_is_not_there_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--words-only", "--api", "Harbour Bookings"]) != 0
    assert "Did you mean Harbor Bookings?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("question", "sentence"),
    [("  ", "There is no question"), ("a" * 3_000, "at most 2,000"), ("how are you", "Nothing")],
)
def test_what_cannot_be_answered_gives_a_reason_and_exit_code_1(
    question: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", question, "--words-only"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err


def test_workspace_is_looked_into_where_there_is_one(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_store(Settings(workspace))) as store:
        imported(store, pets("GET /quokkas", title="Quokkas"))
    assert main(["ask", "list the quokkas", "--words-only", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["operation"], row["api"]) == ("GET /quokkas", "Quokkas")
    assert row["alternatives"] == []


def test_named_documents_come_before_the_workspace(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_store(Settings(workspace))) as store:
        imported(store, pets("GET /quokkas", title="Quokkas"))
    path = tmp_path / "wombats.json"
    path.write_bytes(pets("GET /wombats", title="Wombats"))
    assert main(["ask", "list the wombats", str(path), "--words-only", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["api"] == "Wombats"

"""The commands, as a person types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.__main__ import main

REPOSITORY = Path(__file__).parents[2]
PETS: dict[str, Any] = {
    "openapi": "3.0.0",
    "servers": [{"url": "https://api.example.com"}],
    "paths": {
        "/pets": {
            "get": {
                "operationId": "listPets",
                "summary": "List all pets\u001b[2J\nat once",
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 9}},
                    {"name": "tags", "in": "query", "schema": {"type": "array", "items": {}}},
                ],
            },
            "post": {
                "deprecated": True,
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "age": {"type": "integer"},
                                },
                            }
                        }
                    },
                },
            },
            "put": {"parameters": 5},
        },
        "/kinds/{kind}": {"get": {}},
        "/pets/{petId}": {
            "get": {
                "parameters": [
                    {
                        "name": "petId",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "integer"},
                    }
                ]
            }
        },
    },
}


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    path = tmp_path / "pets.json"
    path.write_text(json.dumps(PETS))
    return path


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    try:
        code = main([str(word) for word in argv])
    except SystemExit as stop:
        code = int(stop.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_operations_are_listed_on_lines_that_steer_no_terminal(
    pets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "operations", pets)
    assert code == 0
    assert out.splitlines() == [
        "GET     /pets  List all pets�[2J at once",
        "POST    /pets  (deprecated)",
        "GET     /kinds/{kind}",
        "GET     /pets/{petId}",
    ]
    assert "left out: PUT /pets: " in err
    assert "4 operations, 1 left out" in err


def test_operations_as_json_lines(pets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "operations", pets, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["operation"] for row in rows] == [
        "GET /pets",
        "POST /pets",
        "GET /kinds/{kind}",
        "GET /pets/{petId}",
    ]
    assert rows[1]["media_types"] == ["application/json"]
    assert rows[1]["deprecated"] is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (
            ["GET /pets/{petId}", "--arg", "path.petId=7"],
            "curl --request GET \\\n  --url https://api.example.com/pets/7",
        ),
        (
            ["GET /kinds/{kind}", "--arg", "path.kind=big cats"],
            "curl --request GET \\\n  --url https://api.example.com/kinds/big%20cats",
        ),
        (
            ["GET /kinds/{kind}"],
            "curl --request GET \\\n  --url https://api.example.com/kinds/REPLACE_kind",
        ),
        (
            ["GET /kinds/{kind}", "--values", "published"],
            "curl --request GET \\\n  --url https://api.example.com/kinds/%7Bkind%7D",
        ),
        (
            ["listPets", "--arg", "limit=5", "--arg", "tags=a,b"],
            "curl --request GET \\\n  --url 'https://api.example.com/pets?limit=5&tags=a&tags=b'",
        ),
        (["listPets"], "curl --request GET \\\n  --url https://api.example.com/pets"),
        (
            ["listPets", "--values", "published", "--all"],
            "curl --request GET \\\n"
            "  --url 'https://api.example.com/pets"
            "?limit=SOME_INTEGER_VALUE&tags=SOME_ARRAY_VALUE'",
        ),
        (
            ["POST /pets", "--arg", "body.name=Rex"],
            "curl --request POST \\\n  --url https://api.example.com/pets \\\n"
            "  --header 'content-type: application/json' \\\n  --data '{\"name\":\"Rex\"}'",
        ),
        (
            ["POST /pets", "--body", '{"name":"Rex","age":2}'],
            "curl --request POST \\\n  --url https://api.example.com/pets \\\n"
            "  --header 'content-type: application/json' \\\n"
            '  --data \'{"name":"Rex","age":2}\'',
        ),
        (
            ["listPets", "--server", "http://localhost:8080/v2"],
            "curl --request GET \\\n  --url http://localhost:8080/v2/pets",
        ),
    ],
)
def test_one_call(
    pets: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: str
) -> None:
    assert run(capsys, "render", pets, "--operation", *words) == (0, code + "\n", "")


def test_call_in_another_client(pets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(
        capsys, "render", pets, "--operation", "GET /pets", "--client", "python-requests"
    )
    assert out.startswith("import requests\n")


def test_note_goes_to_standard_error(pets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "render", pets, "--operation", "GET /pets", "--arg", "limit=99")
    assert (code, err) == (0, "note: The value of limit is 99, more than 9.\n")


def test_call_as_json_holds_code_notes_and_request(
    pets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, err = run(
        capsys, "render", pets, "--operation", "listPets", "--json", "--arg", "limit=99"
    )
    row = json.loads(out)
    assert row["operation"] == "GET /pets"
    assert row["code"].startswith("curl --request GET")
    assert row["notes"] == ["The value of limit is 99, more than 9."]
    assert row["request"]["url"] == "https://api.example.com/pets?limit=99"
    assert err == ""


def test_call_as_archive(pets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "render", pets, "--operation", "listPets", "--har")
    (entry,) = json.loads(out)["log"]["entries"]
    assert entry["request"]["method"] == "GET"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["render", "PETS", "--operation", "GET /pet"], 1, "Did you mean GET /pets"),
        (["render", "PETS", "--operation", "PUT /pets"], 1, "PUT /pets cannot be used: "),
        (["render", "PETS", "--operation", "listPets", "--arg", "limt=5"], 1, "Did you mean limit"),
        (["render", "PETS", "--operation", "listPets", "--arg", "limit=x"], 1, "not integer"),
        (["render", "PETS", "--operation", "listPets", "--body", "{}"], 1, "takes no body"),
        (["render", "PETS", "--operation", "listPets", "--arg", "limit"], 2, "is not NAME=VALUE"),
        (["render", "PETS", "--operation", "listPets", "--client", "crl"], 2, "mean curl"),
        (["render", "PETS", "--operation", "listPets", "--security", "0"], 2, "from 1 on"),
        (["render", "PETS"], 2, "--operation"),
        (["operations", "PETS.nope"], 1, "There is no file or folder"),
        (["render-all", "PETS", "--out", "PETS"], 1, "exists"),
        (["render-all", "PETS", "--out", "x", "--clients", "curl,perl"], 2, "no client “perl”"),
        ([], 2, "COMMAND"),
    ],
)
def test_problem_is_a_sentence_and_an_exit_code(
    pets: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    message: str,
) -> None:
    found, out, err = run(capsys, *(word.replace("PETS", str(pets)) for word in words))
    assert found == code
    assert message in err
    assert out == ""


def test_all_operations_to_a_folder(
    pets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out_dir = tmp_path / "calls"
    code, out, _ = run(capsys, "render-all", pets, "--out", out_dir, "--clients", "curl,go-nethttp")
    report = json.loads((out_dir / "summary.json").read_text())
    assert code == 0
    assert "1 documents, 5 operations, 8 calls in 2 clients" in out
    assert "       1  Its “…” is not a list but a number." in out
    assert (report["operations"], report["calls"], len(report["dropped"])) == (5, 8, 1)
    assert len((out_dir / "pets.json.jsonl").read_text().splitlines()) == 8


def test_summary_as_json(pets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "render-all", pets, "--out", tmp_path / "calls", "--json")
    assert json.loads(out) == json.loads((tmp_path / "calls" / "summary.json").read_text())


@pytest.mark.parametrize("command", ["operations", "render", "render-all"])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    assert f"example:\n  python -m core {command} " in out


def test_command_runs_as_a_program(pets: Path) -> None:
    command = [sys.executable, "-m", "core", "render", str(pets), "--operation", "GET /pet"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("There is no operation “GET /pet”.")


def test_output_cut_by_a_pipe_ends_quietly(pets: Path) -> None:
    line = f"'{sys.executable}' -m core operations '{pets}' --json | head -c 1"
    done = subprocess.run(
        ["bash", "-c", line], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "{")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("url", "status", "exit_code"),
    [
        ("https://api.example.com/pets?limit=5", "valid: GET /pets", 0),
        ("https://api.example.com/pets?limit=50", "illegal: GET /pets", 1),
        ("https://api.example.com/toys", "illegal: ", 1),
    ],
)
def test_check_says_the_verdict_by_words_and_exit_code(
    url, status, exit_code, pets, tmp_path, capsys
):
    code = tmp_path / "call.sh"
    code.write_text(f"curl '{url}'")
    assert main(["check", str(pets), str(code)]) == exit_code
    assert capsys.readouterr().out.startswith(status)


def test_check_reads_code_from_a_pipe(pets, tmp_path):
    command = [sys.executable, "-m", "core", "check", str(pets), "-", "--json"]
    code = "import requests\nrequests.get('https://api.example.com/pets')"
    done = subprocess.run(command, input=code.encode(), capture_output=True, cwd=REPOSITORY)
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert (told["status"], told["language"]) == ("valid", "python")

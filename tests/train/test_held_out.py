"""No training pair comes from an API that something is measured on."""

import json
import os
from pathlib import Path

import pytest

from core.openapi.document import read_documents
from core.openapi.identity import identity_of
from train.held_out import is_held_out

SHARED = Path(
    os.environ.get("CALLWRIGHT_SHARED", Path(__file__).parents[2].parent / "shared"), "data"
)
needs_data = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")


@pytest.mark.parametrize(
    ("api", "held_out"),
    [
        ("asana.com/asana", True),
        ("googleapis.com/calendar api", True),
        ("googleapis.com/google sheets api", True),
        ("example.org/asana tasks", True),
        ("spotify.com/spotify web api", True),
        ("1forge.com/1forge finance apis", True),
        ("googleapis.com/cloud storage json api", False),
        ("stripe.com/stripe api", False),
    ],
)
def test_apis_are_held_out_by_provider_and_title(api: str, held_out: bool) -> None:
    assert is_held_out(api) is held_out


@needs_data
def test_every_api_of_an_evaluation_set_is_held_out() -> None:
    documents = [
        "wapiibench/asana.yaml",
        "wapiibench/google_calendar_v3.yaml",
        "restbench/spotify_oas.json",
    ]
    paths = [SHARED / name for name in documents] + sorted((SHARED / "api-pack/specs").iterdir())
    for path in paths:
        for document in read_documents(path):
            assert is_held_out(identity_of(document).api), path.name


@needs_data
def test_every_api_of_api_packs_instructions_is_held_out() -> None:
    lines = (SHARED / "api-pack/instructions_dev.jsonl").read_text().splitlines()
    for file, title in {(row["api_file"], row["api_name"]) for row in map(json.loads, lines)}:
        provider = file.partition("_")[0]
        assert is_held_out(f"{provider}/{title.casefold()}"), file

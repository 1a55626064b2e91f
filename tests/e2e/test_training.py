"""A tiny model learns twelve calls on a page, is stopped and resumed, measured, and asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.settings import Settings
from core.store.database import open_store
from core.uploads import import_uploads
from pipeline.curation import run_steps
from pipeline.dataset import create_dataset
from pipeline.recipe import Recipe, workspace_documents
from tests.e2e.conftest import running_app, settle
from train.metrics import read_metrics

pytestmark = pytest.mark.e2e

_SECONDS = 600
"""For what takes less than a minute where nothing else runs."""
_SAID = {
    "anchors": "Weigh the rusty anchors before a storm",
    "bottles": "Wash green bottles with warm water",
    "candles": "Light seven candles on the long table",
    "drums": "Tune the drums of an orchestra",
    "engines": "Repair diesel engines of small boats",
    "flutes": "Polish silver flutes after each concert",
    "gloves": "Sew leather gloves for the winter",
    "hammers": "Lend heavy hammers to a neighbour",
    "irons": "Heat the irons for pressing shirts",
    "jackets": "Fold woollen jackets into a chest",
    "kettles": "Boil kettles in the camp kitchen",
    "ladders": "Lean tall ladders against an old wall",
}
"""Twelve operations, each in words that no other one has."""


@pytest.fixture(scope="module")
def shed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """An app, and its workspace with a dataset of these operations in cURL."""
    workspace = tmp_path_factory.mktemp("training") / "workspace"
    paths = {
        f"/{thing}": {"get": {"summary": said, "responses": {"200": {"description": "ok"}}}}
        for thing, said in _SAID.items()
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Toolshed", "version": "1"},
        "servers": [{"url": "https://toolshed.test.example"}],
        "paths": paths,
    }
    store = open_store(Settings(workspace))
    data = json.dumps(document).encode()
    (imported,) = import_uploads(store, {"toolshed.json": data}).documents
    recipe = Recipe(
        workspace_documents(store, (imported.sha256,)),
        languages=("curl",),
        level_1=0.9,
        level_2=0.0,
        level_3=0.0,
    )
    run_steps(create_dataset(workspace, "shed", recipe), store.settings)
    store.close()
    with running_app(workspace) as app:
        yield app.address, workspace


@pytest.mark.timeout(1200)
def test_a_tiny_model_learns_is_stopped_goes_on_and_is_asked(
    visit: Callable[..., Any], shed: tuple[str, Path]
) -> None:
    address, workspace = shed
    page = visit("/training", base=address)
    page.get_by_role("button", name="Start", exact=True).wait_for()
    _fill(page, "Questions of each level", "11")
    page.get_by_text("All settings", exact=True).click()
    for name, value in (("epochs", "60"), ("max_tokens", "512"), ("save_steps", "20")):
        _fill(page, name, value)
    _fill(page, "Every so many steps", "180")  # before the first and after the last
    page.get_by_role("button", name="Start", exact=True).click()

    page.get_by_role("button", name="Stop").wait_for(timeout=_SECONDS * 1000)
    page.get_by_text(re.compile(r"step [3-9]\d of 180")).first.wait_for(timeout=_SECONDS * 1000)
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped: step").wait_for(timeout=_SECONDS * 1000)
    page.reload()  # what goes on is no matter of this page
    page.get_by_role("button", name="Resume").click()
    page.get_by_text("Done: step 180").wait_for(timeout=_SECONDS * 1000)
    settle(page)

    measured = read_metrics(workspace / "models" / "model-1")
    losses = [each.loss for each in measured if each.loss is not None]
    assert [each.step for each in measured] == [0, *range(5, 181, 5)]  # no step twice
    assert losses[-1] < losses[0] / 2
    levels = {each.step: each.levels["1"] for each in measured if each.levels}
    assert list(levels) == [0, 180]
    assert levels[180].n == 11
    assert levels[180].api_call > levels[0].api_call == 0
    page.get_by_test_id("stMetric").filter(has_text="Level 1").wait_for()

    page.get_by_role("button", name="Ask it in the chat").click()
    page.get_by_test_id("stChatInputTextArea").fill("Boil kettles in the camp kitchen")
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    page.get_by_test_id("stCode").filter(has_text="curl").first.wait_for(timeout=_SECONDS * 1000)
    assert "engine=free-0" in page.url


def _fill(page: Any, label: str, value: str) -> None:
    field = page.get_by_label(label, exact=True).first
    field.fill(value)
    field.press("Enter")
    settle(page)

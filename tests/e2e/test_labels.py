"""Labelling by keyboard in a real browser: nothing is said twice, and nothing is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from core.settings import Settings
from core.store.annotators import add_annotator
from core.store.database import open_store
from core.store.labels import tally, verdicts_by
from tests.e2e.conftest import running_app, settle

pytestmark = pytest.mark.e2e

READING = 400
"""Milliseconds before a key: the page takes keys that come sooner for those of the card before."""
CARD = """document.querySelector("[class*=st-key-good-]")?.className.match(/st-key-good-\\S+/)[0]"""
"""What the first key on the card sends: the candidate, and the label that it was seen with."""
THREE_TIMES = """key => { for (let time = 0; time < 3; time++)
    for (const kind of ["keydown", "keyup"])
        document.body.dispatchEvent(
            new KeyboardEvent(kind, {key, code: "Key" + key.toUpperCase(), bubbles: true})); }"""


@pytest.fixture
def sit_down(visit: Callable[..., Any], workspace: Path, app: str) -> Callable[..., Any]:
    """Opens the queue for somebody, at the first card."""

    def sit(name: str, base: str = app) -> Any:
        with closing(open_store(Settings(workspace))) as store:
            add_annotator(store, name)
        page = visit(f"/labels?who={quote(name)}", base=base)
        page.get_by_role("button", name="Good").wait_for()
        settle(page)
        return page

    return sit


def press(page: Any, key: str) -> None:
    """Press a key as somebody does who has read the card, and see the next one."""
    before = page.evaluate(CARD)
    page.wait_for_timeout(READING)
    page.keyboard.press(key)
    page.wait_for_function(f"before => {CARD} && {CARD} !== before", arg=before)


def kept(workspace: Path, name: str) -> dict[str, int]:
    """What is in the database, as another process sees it."""
    with closing(open_store(Settings(workspace))) as store:
        return dict(tally(store).get(name, {}))  # type: ignore[arg-type]


def test_thirty_candidates_by_keyboard_only(sit_down: Callable[..., Any], workspace: Path) -> None:
    page = sit_down("keys")
    for key in "gbsgfbgggb" * 3:
        press(page, key)
    assert kept(workspace, "keys") == {"good": 15, "bad": 9, "skip": 3, "flag": 3}
    for key in "uu":
        press(page, key)
    assert sum(kept(workspace, "keys").values()) == 28
    press(page, "y")
    assert sum(kept(workspace, "keys").values()) == 29
    page.get_by_test_id("stProgress").filter(has_text="29 of 60 labelled by you").wait_for()


def test_three_fast_presses_label_one_card(sit_down: Callable[..., Any], workspace: Path) -> None:
    page = sit_down("fast")
    before = page.evaluate(CARD)
    page.wait_for_timeout(READING)
    page.evaluate(THREE_TIMES, "g")
    page.wait_for_function(f"before => {CARD} && {CARD} !== before", arg=before)
    settle(page)
    page.wait_for_timeout(2 * READING)
    assert kept(workspace, "fast") == {"good": 1}


def test_two_people_at_once_never_overwrite_each_other(
    sit_down: Callable[..., Any], workspace: Path
) -> None:
    ada, ben = sit_down("two ada"), sit_down("two ben")
    for _ in range(5):
        press(ada, "g")
        press(ben, "b")
    with closing(open_store(Settings(workspace))) as store:
        said, other = verdicts_by(store, "two ada"), verdicts_by(store, "two ben")
    assert said.keys() == other.keys() and len(said) == 5
    assert set(said.values()) == {"good"} and set(other.values()) == {"bad"}


def test_killed_server_loses_no_label_that_was_acknowledged(
    sit_down: Callable[..., Any], workspace: Path
) -> None:
    with running_app(workspace) as doomed:
        page = sit_down("killed", doomed.address)
        for _ in range(4):
            press(page, "g")
        os.kill(doomed.process.pid, signal.SIGKILL)
        doomed.process.wait()
    assert kept(workspace, "killed") == {"good": 4}
    with running_app(workspace) as again:
        page = sit_down("killed", again.address)
        page.get_by_test_id("stProgress").filter(has_text="4 of 60 labelled by you").wait_for()


def test_reasons_and_a_better_wording_need_no_mouse(
    sit_down: Callable[..., Any], workspace: Path
) -> None:
    page = sit_down("words")
    page.wait_for_timeout(READING)
    page.keyboard.press("1")
    page.locator("[class*=st-key-reason-][class*=-several-True]").wait_for()
    press(page, "b")
    assert kept(workspace, "words") == {"bad": 1}
    page.keyboard.press("e")
    field = page.get_by_label("A better wording")
    field.wait_for()
    settle(page)
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("go, say it better and skip nothing")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="say it better").wait_for()
    assert kept(workspace, "words") == {"bad": 1}, "letters in a field are no keys"

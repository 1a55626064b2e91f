"""The scoreboard, run without a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.jobs import control
from core.store.jobs import list_jobs
from core.store.runs import add_run, delete_run, find_run
from pages.components import resources
from pipeline import evaluate
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.recording import measured_runs
from tests.pages.screen import errors_of, open_page, words
from tests.pages.test_specs import press

PLANS = [
    Plan("grounded", words_only=True, languages=("curl", "python"), limit=4),
    Plan("copy-nearest", languages=("curl", "python"), limit=4),
]


@pytest.fixture(scope="module")
def measured(workspace) -> Iterator[list[int]]:
    """Two small runs that are complete."""
    store = resources.store()
    numbers = evaluate.plan_runs(store, PLANS)
    for number in numbers:
        evaluate.evaluate(store, find_run(store, number))
    yield numbers
    for run in measured_runs(store):
        delete_run(store, run.id)


def board(screen: AppTest):
    return screen.dataframe[0].value


def test_first_start_offers_one_click(workspace) -> None:
    screen = open_page("scoreboard")
    assert not screen.exception and not measured_runs(resources.store())
    assert "Run all three levels" in [button.label for button in screen.button]


def test_paper_is_there_before_anything_was_measured(workspace) -> None:
    screen = open_page("scoreboard", view="Table 3")
    assert not screen.exception
    table = board(screen)
    assert "GPT-4-1106" in set(table["Engine"])
    assert set(table["Source"]) == {"paper", "its logs"}


def test_board_has_a_row_for_each_engine(measured: list[int]) -> None:
    screen = open_page("scoreboard")
    assert not screen.exception and not errors_of(screen)
    table = board(screen)
    assert list(table["Engine"]) == ["copy-nearest", "grounded"]
    assert all("(" in cell for cell in table["Level 3"])
    assert list(table["Calls"]) == ["32", "32"]
    assert set(table["Levels"]) == {"not trained"}


def test_address_chooses_measure_and_language(measured: list[int]) -> None:
    screen = open_page("scoreboard", measure="Legal", language="Python")
    assert not screen.exception
    assert "The document allows the call." in words(screen)


@pytest.mark.parametrize(
    "view", ["Table 3", "Table 7", "Figure 3", "Figure 4", "Figure 6", "Calibration"]
)
def test_every_view_is_drawn_with_our_rows(view: str, measured: list[int]) -> None:
    screen = open_page("scoreboard", view=view)
    assert not screen.exception and not errors_of(screen)
    if view.startswith("Table"):
        assert "measured here" in set(board(screen)["Source"])


def test_cell_in_the_address_shows_its_rows(measured: list[int]) -> None:
    screen = open_page("scoreboard", run=str(measured[0]), level="2", language="Python")
    assert not screen.exception and not errors_of(screen)
    assert f"Run {measured[0]}" in words(screen)
    assert len([each for each in screen.expander if "badge" in each.label]) == 4


def test_run_says_what_its_figures_come_from(measured: list[int]) -> None:
    screen = open_page("scoreboard", run=str(measured[0]), level="1")
    table = next(each.value for each in screen.dataframe if "What" in each.value)
    told = dict(zip(table["What"], table["Is"], strict=True))
    assert told["Engine"] == "grounded" and told["Words only"] == "yes"
    assert len(told["Hash of the split"]) == 16 and told["Seeds"] == "order 0"
    assert {"Version of the code", "Python", "Libraries", "Languages", "Repeats"} <= told.keys()


def test_form_starts_what_it_says(measured: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Plan] = []
    monkeypatch.setattr(evaluate, "plan_runs", lambda store, plans: asked.extend(plans) or [])
    monkeypatch.setattr(control, "start", lambda *_: None)
    screen = open_page("scoreboard")
    field(screen.multiselect, "Engines").set_value(["free-0+transformers:tiny"])
    field(screen.multiselect, "Where engines look").set_value(["given"])
    field(screen.toggle, "May say that nothing fits").set_value(False)
    field(screen.number_input, "Times each question is asked").set_value(2)
    field(screen.number_input, "Rows (0: not known)").set_value(20_000)
    field(screen.text_input, "Base model").set_value("Llama")
    press(screen, "Start")
    assert not screen.exception and not errors_of(screen)
    (plan,) = asked
    assert (plan.engine, plan.pool, plan.model) == (
        "free-0+transformers:tiny",
        "given",
        "transformers:tiny",
    )
    assert (plan.may_abstain, plan.repeats, plan.data_size) == (False, 2, 20_000)
    assert plan.base_model == "Llama" and plan.title.endswith("always answers")


def test_form_refuses_an_engine_that_is_none(measured: list[int]) -> None:
    screen = open_page("scoreboard")
    field(screen.multiselect, "Engines").set_value(["moon+tiny"])
    press(screen, "Start")
    assert "moon+tiny" in errors_of(screen)[0]


def field(listed, label: str):
    """The field of that label."""
    return next(each for each in listed if each.label == label)


def test_two_runs_are_compared_row_by_row(measured: list[int]) -> None:
    first, second = measured
    screen = open_page("scoreboard", run=str(first), level="1")
    screen.selectbox(key="against").select(second).run()
    assert not screen.exception
    options = screen.button_group(key="board_comparison").options
    counts = [int(option.rpartition("(")[2].rstrip(")")) for option in options]
    assert sum(counts[:4]) == counts[4] == 4


def test_nonsense_in_the_address_does_no_harm(measured: list[int]) -> None:
    screen = open_page("scoreboard", run="<b>", level="x", view="Moon", measure="?")
    assert not screen.exception and not errors_of(screen)


def test_run_that_stopped_says_what_is_missing(measured: list[int]) -> None:
    store = resources.store()
    stopped = add_run(store, PLANS[0].as_run(32))
    screen = open_page("scoreboard", every="true")
    assert f"Run {stopped.id}" in words(screen)
    assert "32 of 32 calls are missing" in words(screen)
    assert not [job for job in list_jobs(store) if job.kind == "evaluate"]
    delete_run(store, stopped.id)

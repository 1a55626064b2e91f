"""Two engines side by side, without a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.store.comparisons import list_comparisons
from core.store.conversations import list_conversations
from core.store.duels import Duel, find_duel, list_duels
from core.store.runs import delete_run, find_run
from pages.components import resources
from pipeline import evaluate
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.recording import RECORDED, measured_runs
from tests.pages.screen import errors_of, open_page, words
from tests.pages.test_specs import press


@pytest.fixture(scope="module")
def rivals(workspace) -> Iterator[list[int]]:
    """Two small runs over the same questions."""
    store = resources.store()
    plans = [
        Plan("grounded", words_only=True, languages=("curl",), limit=4),
        Plan("copy-nearest", languages=("curl",), limit=4),
    ]
    numbers = evaluate.plan_runs(store, plans)
    for number in numbers:
        evaluate.evaluate(store, find_run(store, number))
    yield numbers
    for run in measured_runs(store):
        delete_run(store, run.id)


def test_first_start_has_a_finished_comparison(workspace) -> None:
    for run in measured_runs(resources.store()):
        delete_run(resources.store(), run.id)
    screen = open_page("side_by_side")
    assert not screen.exception
    assert "recorded on" in words(screen) and "**Left**" in words(screen)
    assert "The right call" not in words(screen)  # before a blind vote
    screen.toggle(key="blind").set_value(False).run()
    assert "The right call" in words(screen) and "**grounded**" in words(screen)
    table = next(each.value for each in screen.dataframe if "Question" in each.value)
    verdicts = {*table["grounded"], *table["copy-nearest"]}
    assert {"right", "illegal"} <= verdicts or {"right", "legal but different"} <= verdicts
    before = list_comparisons(resources.store())
    press(screen, "Right is better")
    (vote,) = list_comparisons(resources.store())[len(before) :]
    assert vote.is_measured and not vote.is_blind
    assert find_run(resources.store(), vote.run_a).test_set == RECORDED


def test_vote_is_kept_and_names_come_after_it(rivals: list[int]) -> None:
    screen = open_page("side_by_side")
    assert not screen.exception
    assert "**Left**" in words(screen) and "**grounded**" not in words(screen)
    before = len(list_comparisons(resources.store()))
    press(screen, "Left is better")
    assert not screen.exception
    assert "**grounded**" in words(screen) and "**copy-nearest**" in words(screen)
    assert "By their verdicts" in words(screen)
    (vote,) = list_comparisons(resources.store())[before:]
    assert vote.is_blind and vote.vote in ("a", "b")
    assert {vote.engine_a, vote.engine_b} == {"grounded", "copy-nearest"}
    assert "1 of" in screen.get("progress")[0].proto.text
    press(screen, "Next question")
    assert "**Left**" in words(screen)


def test_names_are_shown_where_that_is_wanted(rivals: list[int]) -> None:
    screen = open_page("side_by_side")
    screen.toggle(key="blind").set_value(False).run()
    assert "**grounded**" in words(screen) and "**copy-nearest**" in words(screen)


def test_standings_count_every_vote(rivals: list[int]) -> None:
    screen = open_page("side_by_side")
    press(screen, "Both are bad")
    table = next(each.value for each in screen.dataframe if "Wins" in each.value)
    counted = table[["Wins", "Losses", "Both good", "Both bad"]].to_numpy().sum()
    assert counted == len(list_comparisons(resources.store()))
    assert "Votes say what the verdicts say" in words(screen)


def newest() -> Duel:
    """What was asked last."""
    return find_duel(resources.store(), list_duels(resources.store())[0][0])


def ask(screen: AppTest, question: str) -> AppTest:
    """Ask a question of one's own, and wait for every side."""
    screen.text_input[0].set_value(question)
    press(screen, "Ask")
    return answered(screen)


def answered(screen: AppTest) -> AppTest:
    """The page once every side has answered."""
    for side in newest().sides:
        assert resources.chat().wait(side.answer, seconds=60)
    return screen.run()


def test_engines_answer_a_question_of_ones_own_and_the_address_holds_it(workspace) -> None:
    screen = ask(open_page("side_by_side", mode="own"), "Cancel booking 8841, the guest got sick")
    assert not screen.exception and len(screen.code) == 2
    assert "**Grounded**" in words(screen) and "**Grounded, words only**" in words(screen)
    address = newest().id
    assert address in screen.query_params["duel"]
    again = open_page("side_by_side", mode="own", duel=address)
    assert [each.value for each in again.code] == [each.value for each in screen.code]
    before = len(list_comparisons(resources.store()))
    press(again, "Grounded is best")
    (vote,) = list_comparisons(resources.store())[before:]
    assert (vote.engine_a, vote.engine_b, vote.vote) == ("grounded", "grounded-words", "a")
    assert not vote.is_measured
    refreshed = open_page("side_by_side", mode="own", duel=address)
    assert "You said: Grounded is best." in words(refreshed)


def test_one_switch_changes_the_client_of_every_side(workspace) -> None:
    screen = ask(
        open_page("side_by_side", mode="own", client="curl"), "everything about shipment shp_70311"
    )
    assert all(each.value.startswith("curl") for each in screen.code)
    screen.button_group(key="call_language").set_value("python").run()
    assert len(screen.code) == 2 and all("import" in each.value for each in screen.code)


def test_question_of_the_chat_is_one_click_away_and_back(workspace) -> None:
    chat = open_page("chat")
    chat.chat_input[0].set_value("cancel booking 8841").run()
    conversation = list_conversations(resources.store())[0].id
    while not chat.code:
        chat.run()
    press(chat, "Side by side")
    assert not chat.exception
    duel = newest()
    assert (duel.question, duel.conversation) == ("cancel booking 8841", conversation)
    screen = answered(open_page("side_by_side", mode="own", duel=duel.id))
    assert len(screen.code) == 2
    assert "Back to the chat" in [link.proto.label for link in screen.get("page_link")]


def test_duel_that_is_not_there_says_so(workspace) -> None:
    screen = open_page("side_by_side", mode="own", duel="<b>nobody</b>")
    assert not screen.exception
    assert "Ask for the link again" in errors_of(screen)[0]

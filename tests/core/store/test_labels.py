"""What people say, on both databases: actions, undoing them, and two people at once."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.candidate import Candidate
from core.errors import StoreError
from core.settings import Settings
from core.store.annotators import add_annotator
from core.store.candidates import add_candidates, by_id
from core.store.database import Store, open_store
from core.store.label_actions import act, history, overwrite, redo, replayed, undo
from core.store.labels import (
    Decision,
    current_labels,
    how_many_say,
    labelled_keys,
    labels_of,
    tally,
    verdicts_by,
)

GOOD, BAD = Decision("good"), Decision("bad", ("extra", "grammar"), "“Here is”", None)


def wording(number: int) -> Candidate:
    return Candidate(f"g{number // 5}", f"Show pet {number}", "Pets", "Show a pet", "", "showPet")


def fill(store: Store, count: int = 10) -> list[str]:
    """Candidates of a few operations, and two people; the candidates' keys."""
    found = by_id(wording(number) for number in range(count))
    assert add_candidates(store, "test", found) == count
    for name in ("ada", "ben"):
        add_annotator(store, name)
    return list(found)


def held(store: Store) -> dict[tuple[str, str], int]:
    return {(label.candidate, label.annotator): label.event for label in current_labels(store)}


def event_of(store: Store, key: str, annotator: str = "ada") -> int | None:
    return held(store).get((key, annotator))


def test_label_holds_with_all_that_was_said(store: Store) -> None:
    first, *_ = fill(store)
    assert act(store, "ada", {first: None}, BAD)
    (label,) = labels_of(store, [first])[first]
    assert (label.annotator, label.decision) == ("ada", BAD)


def test_key_that_is_pressed_twice_says_one_thing_once(store: Store) -> None:
    first, *_ = fill(store)
    pressed = [act(store, "ada", {first: None}, GOOD) for _ in range(3)]
    assert [action is not None for action in pressed] == [True, False, False]
    assert not act(store, "ada", {first: None}, BAD)
    assert verdicts_by(store, "ada") == {first: "good"}
    assert act(store, "ada", {first: event_of(store, first)}, BAD)
    assert verdicts_by(store, "ada") == {first: "bad"}


def test_undo_and_redo_have_no_limit(store: Store) -> None:
    keys = fill(store)
    for key in keys:
        act(store, "ada", {key: None}, GOOD)
    assert not redo(store, "ada")
    undone = [undo(store, "ada") for _ in keys]
    assert [action.keys for action in undone if action] == [(key,) for key in reversed(keys)]
    assert not undo(store, "ada") and not held(store)
    assert not history(store, "ada").can_undo and history(store, "ada").can_redo
    for _ in keys:
        assert redo(store, "ada")
    assert verdicts_by(store, "ada") == dict.fromkeys(keys, "good")
    assert history(store, "ada").can_undo and not history(store, "ada").can_redo


def test_new_label_ends_redoing(store: Store) -> None:
    first, second, *_ = fill(store)
    act(store, "ada", {first: None}, GOOD)
    undo(store, "ada")
    act(store, "ada", {second: None}, GOOD)
    assert not redo(store, "ada")


def test_undo_brings_the_label_before_back(store: Store) -> None:
    first, *_ = fill(store)
    act(store, "ada", {first: None}, BAD)
    overwrite(store, "ada", {first: GOOD})
    undo(store, "ada")
    (label,) = labels_of(store, [first])[first]
    assert label.decision == BAD


def test_many_candidates_are_one_action(store: Store) -> None:
    keys = fill(store)
    act(store, "ada", {keys[0]: None}, BAD)
    action = overwrite(store, "ada", dict.fromkeys(keys, GOOD))
    assert action and len(action.keys) == len(keys)
    undo(store, "ada")
    assert verdicts_by(store, "ada") == {keys[0]: "bad"}


def test_people_never_touch_each_others_labels(store: Store) -> None:
    first, *_ = fill(store)
    act(store, "ada", {first: None}, GOOD)
    act(store, "ben", {first: None}, BAD)
    undo(store, "ben")
    assert not undo(store, "ben")
    assert tally(store) == {"ada": {"good": 1}}
    assert how_many_say(store, [first], besides="ben") == {first: 1}
    assert how_many_say(store, [first], besides="ada") == {}
    assert labelled_keys(store) == {first}


def test_somebody_unknown_labels_nothing(store: Store) -> None:
    first, *_ = fill(store)
    with pytest.raises(StoreError, match="Nobody here is called “eve”"):
        act(store, "eve", {first: None}, GOOD)


def test_two_people_and_two_tabs_at_once_lose_nothing(store: Store) -> None:
    keys = fill(store, 40)
    failed: list[Exception] = []

    def label(name: str, order: Iterable[str]) -> None:
        try:
            with closing(open_store(store.settings)) as own:
                for key in order:
                    act(own, name, {key: None}, GOOD)
        except Exception as error:  # a thread's failure is the test's
            failed.append(error)

    orders = [("ada", keys), ("ada", keys[::-1]), ("ben", keys), ("ben", keys[::-1])]
    threads = [threading.Thread(target=label, args=order) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert tally(store) == {"ada": {"good": 40}, "ben": {"good": 40}}
    assert held(store) == replayed(store)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["act", "stale", "overwrite", "undo", "redo"]),
        st.sampled_from(["ada", "ben"]),
        st.lists(st.integers(0, 4), min_size=1, max_size=3, unique=True),
        st.sampled_from([GOOD, BAD, Decision("skip")]),
    ),
    max_size=25,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_what_holds_follows_from_the_actions(tmp_path_factory, steps) -> None:  # type: ignore[no-untyped-def]
    with closing(open_store(Settings(tmp_path_factory.mktemp("w")))) as store:
        keys = fill(store, 5)
        done: dict[str, list[dict[str, str]]] = {"ada": [{}], "ben": [{}]}
        undone: dict[str, list[dict[str, str]]] = {"ada": [], "ben": []}
        for step, name, numbers, decision in steps:
            now = done[name][-1]
            wanted = dict.fromkeys((keys[number] for number in numbers), decision)
            if step == "undo":
                assert bool(undo(store, name)) == (len(done[name]) > 1)
                if len(done[name]) > 1:
                    undone[name].append(done[name].pop())
            elif step == "redo":
                assert bool(redo(store, name)) == bool(undone[name])
                if undone[name]:
                    done[name].append(undone[name].pop())
            elif step == "stale":
                assert not act(store, name, dict.fromkeys(wanted, -1), decision)
            else:
                if step == "act":
                    act(store, name, {key: event_of(store, key, name) for key in wanted}, decision)
                else:
                    overwrite(store, name, wanted)
                done[name].append({**now, **dict.fromkeys(wanted, decision.verdict)})
                undone[name].clear()
            assert verdicts_by(store, name) == done[name][-1]
        assert held(store) == replayed(store)

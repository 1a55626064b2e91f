"""Candidates, judges' verdicts, guidelines and final labels, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.candidate import Candidate
from core.errors import StoreError
from core.store.adjudications import adjudicate, final_labels
from core.store.annotators import add_annotator, list_annotators
from core.store.candidates import (
    add_candidates,
    api_names,
    by_id,
    candidates_revision,
    find_candidate,
    pools,
    siblings_of,
    stored_candidates,
)
from core.store.database import Store
from core.store.guidelines import guidelines_now, save_guidelines, versions_of_guidelines
from core.store.judge_verdicts import (
    JudgeVerdict,
    champion,
    choose_champion,
    judges,
    last_verdict,
    save_verdicts,
    score_range,
    verdicts_of,
)

SHOW = Candidate("g1", "Show pet 3", "Pets", "Show a pet", "By its number.", "showPet", "GET", "/p")
ASK = replace(SHOW, text="Which pet has the number 3?")
OTHER = replace(SHOW, group="g2", api_name="Cats")


def test_candidates_are_kept_in_order_and_once(store: Store) -> None:
    assert add_candidates(store, "first", by_id([SHOW, ASK])) == 2
    revision = candidates_revision(store)
    assert add_candidates(store, "second", by_id([ASK, OTHER])) == 1
    assert candidates_revision(store) > revision
    assert [row.candidate for row in stored_candidates(store)] == [SHOW, ASK, OTHER]
    assert pools(store) == {"first": 2, "second": 1}
    assert api_names(store) == ["Cats", "Pets"]


def test_siblings_are_of_the_same_operation(store: Store) -> None:
    add_candidates(store, "test", by_id([SHOW, ASK, OTHER]))
    found = siblings_of(store, find_candidate(store, SHOW.id))
    assert [row.candidate for row in found] == [ASK]


def test_texts_that_no_database_takes_are_made_storable(store: Store) -> None:
    odd = replace(SHOW, text="a\x00b \ud800", description="d" * 50_000)
    add_candidates(store, "test", by_id([ASK]) | {"odd": odd})
    kept = find_candidate(store, "odd").candidate
    assert kept.text == "a\ufffdb \ufffd" and len(kept.description) < 21_000


def test_candidate_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(StoreError, match="no candidate x"):
        find_candidate(store, "x")


def test_last_verdict_of_a_judge_holds(store: Store) -> None:
    add_candidates(store, "test", by_id([SHOW]))
    save_verdicts(store, "rules", {SHOW.id: JudgeVerdict("bad", ("extra",), 0.1)})
    save_verdicts(store, "rules", {SHOW.id: JudgeVerdict("good", (), 0.9)})
    save_verdicts(store, "likelihood", {SHOW.id: JudgeVerdict(score=-2.5)})
    assert verdicts_of(store, [SHOW.id]) == {
        SHOW.id: {
            "likelihood": JudgeVerdict("", (), -2.5),
            "rules": JudgeVerdict("good", (), 0.9),
        }
    }
    assert score_range(store, "likelihood") == (-2.5, -2.5)
    assert score_range(store, "nobody") is None
    assert last_verdict(store) > 0
    assert judges(store) == {"likelihood": 1, "rules": 1}


def test_champion_is_who_was_chosen_last(store: Store) -> None:
    assert champion(store) is None
    add_annotator(store, "ada")
    choose_champion(store, "rules", "ada", {"kappa": 0.4})
    choose_champion(store, "fitted", "ada", {"kappa": 0.5})
    chosen = champion(store)
    assert chosen and (chosen.judge, chosen.figures) == ("fitted", {"kappa": 0.5})


def test_guidelines_have_versions(store: Store) -> None:
    first = guidelines_now(store)
    assert first.version == 1 and "one request" in first.text
    assert save_guidelines(store, first.text, "ada") == first
    second = save_guidelines(store, "Be strict.", "ada")
    assert guidelines_now(store) == second and second.version == 2
    assert [row.version for row in versions_of_guidelines(store)] == [2, 1]


def test_last_decision_is_final(store: Store) -> None:
    add_annotator(store, "ada")
    add_candidates(store, "test", by_id([SHOW]))
    adjudicate(store, SHOW.id, "good", "ada")
    adjudicate(store, SHOW.id, "bad", "ada", "leaks")
    decided = final_labels(store)[SHOW.id]
    assert (decided.verdict, decided.comment) == ("bad", "leaks")


def test_names_are_tidied_and_kept_once(store: Store) -> None:
    assert add_annotator(store, "  Ada   L. ") == "Ada L."
    add_annotator(store, "Ada L.", "imported")
    assert [(person.name, person.kind) for person in list_annotators(store)] == [
        ("Ada L.", "person")
    ]
    with pytest.raises(StoreError, match="at least one letter"):
        add_annotator(store, " \n")

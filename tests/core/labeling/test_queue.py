"""In which order candidates come, and which one comes next."""

from __future__ import annotations

from collections import Counter

import pytest

from core.candidate import Candidate
from core.labeling.queue import (
    ORDERS,
    QueueChoice,
    arrange,
    disagreement,
    next_key,
    uncertainty,
)
from core.store.annotators import add_annotator
from core.store.candidates import add_candidates, by_id, stored_candidates
from core.store.database import Store
from core.store.judge_verdicts import JudgeVerdict, save_verdicts
from core.store.label_actions import overwrite
from core.store.labels import Decision

GOOD, BAD = JudgeVerdict("good", (), 0.9), JudgeVerdict("bad", (), 0.2)


def fill(store: Store, num_operations: int) -> dict[str, str]:
    """Five candidates per operation; the operation of each key."""
    found = by_id(
        Candidate(f"g{number}", f"{way} pet {number}", "Pets", f"Show {number}", "", "")
        for number in range(num_operations)
        for way in ("Show", "Give me", "I need", "Find", "What is")
    )
    add_candidates(store, "test", found)
    return {key: candidate.group for key, candidate in found.items()}


def test_sample_holds_every_candidate_of_so_many_operations(store: Store) -> None:
    groups = fill(store, 20)
    queue = arrange(store, QueueChoice(num_operations=7))
    assert Counter(Counter(groups[key] for key in queue.keys).values()) == {5: 7}
    together = [groups[key] for key in queue.keys[::5]]
    assert len(set(together)) == 7, "candidates of one operation come together"


def test_seed_decides_and_candidates_that_are_added_later_hardly_do(store: Store) -> None:
    fill(store, 20)
    first = arrange(store, QueueChoice(num_operations=7))
    assert arrange(store, QueueChoice(num_operations=7)).keys == first.keys
    assert arrange(store, QueueChoice(num_operations=7, seed=2)).keys != first.keys
    fill(store, 21)
    assert len(set(first.keys) & set(arrange(store, QueueChoice(num_operations=7)).keys)) >= 30


def test_operations_that_look_the_same_are_sampled_once(store: Store) -> None:
    twins = [Candidate(group, f"Show {group}", "Pets", "Show", "", "") for group in "abc"]
    add_candidates(store, "test", by_id(twins))
    assert len(arrange(store, QueueChoice()).keys) == 1


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_leads_to_every_candidate_once(store: Store, order: str) -> None:
    groups = fill(store, 4)
    queue = arrange(store, QueueChoice(order))
    assert sorted(queue.keys) == sorted(groups)
    done: set[str] = set()
    at = ""
    while found := next_key(store, queue, "ada", done=done, after=at):
        assert found not in done
        done.add(found)
        at = found
    assert done == set(groups)


def test_what_was_left_behind_comes_at_the_end(store: Store) -> None:
    fill(store, 1)
    queue = arrange(store, QueueChoice())
    done = set(queue.keys) - {queue.keys[1]}
    assert next_key(store, queue, "ada", done=done, after=queue.keys[3]) == queue.keys[1]
    assert next_key(store, queue, "ada", done=set(queue.keys), after=queue.keys[3]) is None


def test_so_many_people_see_each_candidate(store: Store) -> None:
    fill(store, 2)
    queue = arrange(store, QueueChoice())
    for name in ("ada", "ben"):
        add_annotator(store, name)
    overwrite(store, "ada", {queue.keys[0]: Decision("good")})
    assert next_key(store, queue, "ben", done=set(), overlap=1) == queue.keys[1]
    assert next_key(store, queue, "ben", done=set(), overlap=2) == queue.keys[0]
    assert next_key(store, queue, "ada", done={queue.keys[0]}, overlap=1) == queue.keys[1]


def test_judges_that_disagree_come_first(store: Store) -> None:
    fill(store, 2)
    keys = [row.key for row in stored_candidates(store)]
    save_verdicts(store, "rules", dict.fromkeys(keys, GOOD))
    save_verdicts(store, "model", dict.fromkeys(keys, GOOD) | {keys[7]: BAD})
    assert arrange(store, QueueChoice("disagreement")).keys[0] == keys[7]


def test_disagreement_counts_scores_by_their_better_half() -> None:
    scores = {key: JudgeVerdict(score=score) for key, score in zip("abcd", range(4), strict=True)}
    assert disagreement({"rules": dict.fromkeys("abcd", GOOD), "score": scores}) == {
        "a": 1.0,
        "b": 1.0,
        "c": 0.0,
        "d": 0.0,
    }


def test_uncertain_is_what_stands_near_the_border() -> None:
    scores = {
        key: JudgeVerdict("bad" if score < 2 else "good", (), score)
        for key, score in zip("abcde", range(5), strict=True)
    }
    found = uncertainty({"model": scores})
    assert max(found, key=found.__getitem__) in "bc"
    assert min(found, key=found.__getitem__) == "e"
    assert uncertainty({"rules": {"a": JudgeVerdict("good")}}) == {}

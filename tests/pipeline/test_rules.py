"""What each rule finds, shows, and lets pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.candidate import REASONS, Candidate
from pipeline.judge import JUDGES, judge
from pipeline.rules import RULES, findings

BOAT = Candidate(
    group="boats",
    text="",
    api_name="Harbor Ferry Booking API",
    functionality="List all boats",
    description="Returns the boats of a harbor with their berths, newest first.",
    endpoint="list_all_boats",
    method="GET",
    path="/harbors/{harborId}/boats",
    call="curl https://ferry.example/harbors/7/boats",
)


def boat(text: str, **others: str) -> Candidate:
    fields = {name: getattr(BOAT, name) for name in BOAT.__dataclass_fields__}
    return Candidate(**{**fields, **others, "text": text})


GOOD = [
    "List all boats with the Harbor Ferry Booking API.",
    "How do I get the newest boats of a harbor from Harbor Ferry Booking?",
    "I'd like to see every boat and its berth. How do I do that with the Harbor Ferry Booking API?",
    "Can you show me the boats in harbor 7, using Harbor Ferry Booking?",
    "show boats, Harbor Ferry Booking API",
    "I need the boats of my harbor through the Ferry Booking API, newest first.",
]
BAD = {
    "too-long": "List all boats with the Harbor Ferry Booking API. " * 30,
    "lines": "List all boats of Harbor Ferry.\nWhich berths do the boats of Harbor Ferry have?",
    "label": "User query: List all boats with the Harbor Ferry Booking API.",
    "lead-in": "Here's a possible wording of it: List all boats of the Harbor Ferry Booking API.",
    "all-quoted": '"How do I list the boats of Harbor Ferry Booking?"',
    "request-quoted": 'Somebody asks "How do I list boats with Harbor Ferry Booking?" today.',
    "markup": "List **all** boats with the Harbor Ferry Booking API.",
    "about-itself": "List boats of Harbor Ferry Booking. This query asks for all the boats.",
    "questions": "Which boats has Harbor Ferry? How do I list the berths of the boats?",
    "requests": "I want boats. Show me the harbor. List the berths of Harbor Ferry.",
    "said-again": "List the boats of Harbor Ferry Booking. Show boats with Harbor Ferry Booking.",
    "items": "1. List the boats of Harbor Ferry 2. Show the berths",
    "other-api": "List all boats with the Sea Traffic API of the harbor.",
    "no-api": "List all of them, newest first.",
    "value": "List all boats in harbor 481 with the Harbor Ferry Booking API.",
    "torn": "List all boats with the Harbor Ferry Booking API and",
    "doubled": "List all boats with the Harbor Ferry Booking API API.",
    "unpaired": "List all boats (newest first with the Harbor Ferry Booking API.",
    "leftover": "List all boats of {harbor} with the Harbor Ferry Booking API.",
    "answer": "To list all boats, you can use the Harbor Ferry Booking API.",
    "too-short": "Harbor boats",
    "removal": "Delete all boats with the Harbor Ferry Booking API.",
}
HALF = {
    "identifier": "Use list_all_boats of the Harbor Ferry Booking API.",
    "route": "Send a GET request to the Harbor Ferry Booking API for all boats.",
    "name": "List all boats of Rotterdam with the Harbor Ferry Booking API.",
    "novel": "List boats of the Harbor Ferry to plan yearly crew training budgets.",
    "mostly-novel": "Boats: plan yearly crew training budgets, salaries, uniforms, lunch, Harbor.",
    "article": "List a all of the boats with Harbor Ferry Booking API.",
}


@pytest.mark.parametrize("text", GOOD)
def test_nothing_speaks_against_a_good_candidate(text: str) -> None:
    assert findings(boat(text)) == ()
    assert judge(boat(text)).label == "good"


@pytest.mark.parametrize(("rule", "text"), BAD.items(), ids=BAD)
def test_one_whole_fault_makes_a_candidate_bad(rule: str, text: str) -> None:
    found = judge(boat(text))
    assert rule in {finding.rule for finding in found.reasons}
    assert RULES[rule].weight == 1
    assert found.label == "bad" and found.score <= 0.5


@pytest.mark.parametrize(("rule", "text"), HALF.items(), ids=HALF)
def test_half_a_fault_lowers_the_score(rule: str, text: str) -> None:
    found = judge(boat(text))
    assert rule in {finding.rule for finding in found.reasons}
    assert RULES[rule].weight < 1 and found.score < 1


def test_half_a_fault_leaves_a_candidate_good() -> None:
    assert judge(boat(HALF["name"])).label == "good"


def test_every_rule_is_tried() -> None:
    assert BAD.keys() | HALF.keys() == RULES.keys()
    assert {rule.reason for rule in RULES.values()} == REASONS.keys()


def test_what_the_call_says_is_no_invention() -> None:
    assert findings(boat("List the boats of harbor 7 with Harbor Ferry Booking.")) == ()
    found = findings(boat("List the boats of harbor 7 with Harbor Ferry Booking.", call=""))
    assert [finding.text for finding in found] == ["7"]


@pytest.mark.parametrize(
    ("endpoint", "is_leak"),
    [("boats", False), ("listBoats", True), ("boats.list", True), ("boats_list", True)],
)
def test_only_names_that_nobody_says_are_leaks(endpoint: str, is_leak: bool) -> None:
    candidate = boat(f"Call {endpoint} of Harbor Ferry Booking.", endpoint=endpoint)
    assert any(finding.rule == "identifier" for finding in findings(candidate)) is is_leak


@given(st.text(max_size=200), st.text(max_size=40), st.sampled_from(sorted(JUDGES)))
def test_any_text_is_judged_and_findings_show_it(text: str, name: str, judge_name: str) -> None:
    candidate = boat(text, api_name=name)
    found = JUDGES[judge_name](candidate)
    assert 0 <= found.score <= 1
    assert (found.label == "good") is (found.score > 0.5)
    for finding in found.reasons:
        assert finding.reason in REASONS
        assert text[finding.start : finding.end] == finding.text

"""One candidate at a time: a key labels it, saves the label, and brings the next one.

What a key sends holds the candidate and the label that it was seen with, so a key that is pressed
twice says one thing once; and keys that follow each other faster than anybody reads are one press.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st

from core.candidate import REASONS
from core.errors import CallwrightError
from core.labeling.queue import Queue, QueueChoice, arrange, next_key
from core.store.candidates import (
    StoredCandidate,
    add_candidates,
    by_id,
    candidates_revision,
    find_candidates,
    siblings_of,
)
from core.store.judge_verdicts import judges, verdicts_of
from core.store.label_actions import Action, act, history, redo, undo
from core.store.labels import Decision, Label, Verdict, labelled_keys, labels_of, verdicts_by
from pages.components import label_card, resources, text
from pages.components.label_order import Wanted

_READING_SECONDS = 0.3
"""Presses within it after a card is drawn are those of the card before: nobody reads as quickly,
but keys bounce, and go on when they are held down."""

_LONG = 240
"""Characters from which on a candidate is set in smaller type."""

_BUTTONS: dict[Verdict, tuple[str, str, str]] = {
    "good": ("Good", "g", ":material/thumb_up:"),
    "bad": ("Bad", "b", ":material/thumb_down:"),
    "skip": ("Skip", "s", ":material/skip_next:"),
    "flag": ("Flag", "f", ":material/flag:"),
}


@dataclass
class _Desk:
    """Where one person is in one queue; what matters is in the store, this only saves looking."""

    person: str
    choice: QueueChoice
    done: set[str]
    by_anybody: set[str]
    """What somebody has labelled."""
    key: str | None = None
    drawn: tuple[str, int | None] = ("", None)
    """The card that was drawn last, with the label that it was seen with, …"""
    drawn_at: float = 0.0
    """… and when it first was, or when a press on it came too soon."""


def show(person: str, wanted: Wanted, guideline: int) -> None:
    """Draw the queue of a person who labels by this version of the guidelines."""
    stamp = _stamp(wanted.choice)
    queue = _arranged(wanted.choice, candidates_revision(resources.store()), stamp)
    desk = _desk(person, wanted.choice, queue)
    if named := st.session_state.pop("labels_wanted", ""):
        desk.key = named
    elif desk.key is None:
        _go_on(desk, queue, wanted.overlap, "")
    st.fragment(_show_card)(desk, queue, wanted, guideline)


def _stamp(choice: QueueChoice) -> str:
    """What else an order depends on: which judges have judged how much."""
    return str(judges(resources.store())) if choice.order in ("disagreement", "uncertainty") else ""


@st.cache_resource(show_spinner="Putting the candidates in order …", max_entries=8)
def _arranged(choice: QueueChoice, revision: int, stamp: str) -> Queue:
    return arrange(resources.store(), choice)


def _desk(person: str, choice: QueueChoice, queue: Queue) -> _Desk:
    """The desk of this session, with labels as they are now; a new one for another queue."""
    desk = st.session_state.get("labels_desk")
    done = verdicts_by(resources.store(), person).keys() & queue.places.keys()
    if desk is None or (desk.person, desk.choice) != (person, choice):
        desk = _Desk(person, choice, set(), set())
        st.session_state["labels_desk"] = desk
    desk.done = set(done)
    desk.by_anybody = labelled_keys(resources.store()) & queue.places.keys()
    return desk


def _go_on(desk: _Desk, queue: Queue, overlap: int, after: str) -> None:
    desk.key = next_key(
        resources.store(), queue, desk.person, done=desk.done, overlap=overlap, after=after
    )


def _show_card(desk: _Desk, queue: Queue, wanted: Wanted, guideline: int) -> None:
    store = resources.store()
    if problem := st.session_state.pop("labels_problem", ""):
        st.error(text.escape(problem, limit=500), icon=":material/error:")
    done, total = len(desk.done), len(queue.keys)
    st.progress(
        done / total if total else 0.0,
        f"{done:,} of {total:,} labelled by you, {len(desk.by_anybody):,} by anybody",
    )
    found = find_candidates(store, [desk.key]) if desk.key else []
    if not found:
        _show_end(desk, queue)
        return
    (stored,) = found
    siblings = siblings_of(store, stored)
    labels = labels_of(store, [stored.key, *(sibling.key for sibling in siblings)])
    own = {
        key: label for key, said in labels.items() for label in said
        if label.annotator == desk.person
    }  # fmt: skip
    left, right = st.columns([3, 2], gap="large")
    with left:
        with st.container(border=True):
            _show_words(stored, own.get(stored.key))
        _show_keys(desk, queue, wanted.overlap, guideline, stored, own.get(stored.key))
        if wanted.with_judges:
            label_card.show_judges(verdicts_of(store, [stored.key]).get(stored.key, {}))
    with right:
        label_card.show_operation(stored.candidate)
        label_card.show_siblings(siblings, own)


def _show_words(stored: StoredCandidate, own: Label | None) -> None:
    api, task = stored.candidate.api_name, stored.candidate.functionality
    st.caption(" · ".join(text.escape(part, limit=80) for part in (api, task) if part))
    words = label_card.words(stored.candidate)
    if len(words) > _LONG:
        st.markdown(words)
    else:
        st.subheader(words, anchor=False)
    if own:
        st.markdown(
            f"You said {label_card.badge(own.decision.verdict, own.decision.reasons)} "
            + text.escape(own.decision.comment, limit=300)
        )


def _show_keys(
    desk: _Desk,
    queue: Queue,
    overlap: int,
    guideline: int,
    stored: StoredCandidate,
    own: Label | None,
) -> None:
    """Draw every key as a button with the key on it."""
    seen = own.event if own else None
    if desk.drawn != (stored.key, seen):
        desk.drawn, desk.drawn_at = (stored.key, seen), time.monotonic()
    chosen = _reasons(stored.key, own)

    def press(verdict: Verdict) -> None:
        if _bounces(desk) or desk.key != stored.key:
            return
        decision = Decision(
            verdict,
            tuple(reason for reason in REASONS if reason in chosen and verdict == "bad"),
            st.session_state.get(f"labels_comment_{stored.key}", ""),
            guideline,
        )
        with _problems():
            act(resources.store(), desk.person, {stored.key: seen}, decision)
            desk.done.add(stored.key)
            desk.by_anybody.add(stored.key)
            _go_on(desk, queue, overlap, stored.key)

    with st.container(horizontal=True):
        for verdict, (name, key, icon) in _BUTTONS.items():
            st.button(
                name,
                key=f"{verdict}-{stored.key}-{seen}",
                shortcut=key,
                icon=icon,
                type="primary" if verdict == "good" else "secondary",
                on_click=press,
                args=(verdict,),
            )
    st.caption("If it is bad, first say why:")
    with st.container(horizontal=True, gap="small"):
        for number, (reason, name) in enumerate(REASONS.items(), 1):
            is_on = reason in chosen
            st.button(
                name[0].upper() + name[1:],
                key=f"reason-{stored.key}-{reason}-{is_on}",
                shortcut=str(number),
                type="primary" if is_on else "secondary",
                on_click=_set_reason,
                args=(stored.key, chosen, reason, not is_on),
            )
    _show_more(desk, queue, stored)


def _show_more(desk: _Desk, queue: Queue, stored: StoredCandidate) -> None:
    """Draw what is needed less often: undo, redo, a better wording, a comment."""
    is_editing = st.session_state.get("labels_editing") == stored.key
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _show_undo(desk, queue)
        st.button(
            "Edit", key=f"edit-{stored.key}-{is_editing}", shortcut="e", icon=":material/edit:",
            on_click=_edit, args=("" if is_editing else stored.key,),
        )  # fmt: skip
    st.text_input(
        "Comment",
        key=f"labels_comment_{stored.key}",
        placeholder="A comment, kept with the label",
        label_visibility="collapsed",
        max_chars=2_000,
    )
    if is_editing:
        _show_editor(desk, stored)


def _show_undo(desk: _Desk, queue: Queue) -> None:
    """Draw undo and redo; they say after which action they were drawn, and hold for no other."""
    seen = history(resources.store(), desk.person)

    def go(step: Callable[..., Action | None]) -> None:
        with _problems():
            if history(resources.store(), desk.person).last != seen.last:
                return
            if action := step(resources.store(), desk.person):
                _take_over(desk, queue, action)

    for name, key, step, is_possible in (
        ("Undo", "u", undo, seen.can_undo),
        ("Redo", "y", redo, seen.can_redo),
    ):
        st.button(
            name,
            key=f"{name}-{seen.last}",
            shortcut=key,
            icon=f":material/{name.lower()}:",
            disabled=not is_possible,
            on_click=go,
            args=(step,),
        )


def _take_over(desk: _Desk, queue: Queue, action: Action) -> None:
    """See what an undo or redo has changed, its first candidate on the desk."""
    now = labels_of(resources.store(), action.keys)
    for key in queue.places.keys() & set(action.keys):
        is_mine = any(label.annotator == desk.person for label in now.get(key, ()))
        (desk.done.add if is_mine else desk.done.discard)(key)
    desk.key = action.keys[0]


def _show_editor(desk: _Desk, stored: StoredCandidate) -> None:
    """Draw a field for a better wording, which becomes a candidate of its own."""
    with st.form(f"labels_edit_{stored.key}"):
        words = st.text_area("A better wording", stored.candidate.text, max_chars=2_000)
        if st.form_submit_button("Keep as a new candidate", icon=":material/add:"):
            better = replace(stored.candidate, text=words.strip(), origin=f"edit:{stored.key}")
            if words.strip() and better.id != stored.candidate.id:
                add_candidates(resources.store(), stored.pool, by_id([better]))
                st.session_state["labels_wanted"] = better.id
                st.session_state.pop("labels_editing", None)
                st.rerun()


def _show_end(desk: _Desk, queue: Queue) -> None:
    """Draw what there is to do when nothing is left."""
    st.success(
        "Everything in this queue is labelled." if queue.keys else "There is nothing to label.",
        icon=":material/celebration:",
    )
    with st.container(horizontal=True):
        _show_undo(desk, queue)


def _reasons(key: str, own: Label | None) -> frozenset[str]:
    before = frozenset(own.decision.reasons) if own else frozenset[str]()
    kept: tuple[str, frozenset[str]] = st.session_state.get("labels_reasons", ("", frozenset()))
    return kept[1] if kept[0] == key else before


def _set_reason(key: str, chosen: frozenset[str], reason: str, is_on: bool) -> None:
    now = chosen | {reason} if is_on else chosen - {reason}
    st.session_state["labels_reasons"] = (key, now)


def _edit(key: str) -> None:
    st.session_state["labels_editing"] = key


def _bounces(desk: _Desk) -> bool:
    """Whether a press comes too soon to be about the card that it is sent with."""
    now = time.monotonic()
    is_early = now - desk.drawn_at < _READING_SECONDS
    if is_early:
        desk.drawn_at = now  # a key that is held down goes on being early
    return is_early


@contextmanager
def _problems() -> Iterator[None]:
    """Keep what a callback could not do for the next drawing: callbacks cannot draw."""
    try:
        yield
    except CallwrightError as error:
        st.session_state["labels_problem"] = str(error)

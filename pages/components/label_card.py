"""One candidate as people judge it: its words, its operation, the call, and its siblings."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.candidate import REASONS, Candidate
from core.store.candidates import StoredCandidate
from core.store.judge_verdicts import JudgeVerdict
from core.store.labels import Label
from pages.components import text

_LONGEST = 4_000
_BADGES = {
    "good": ":green-badge[:material/thumb_up: good]",
    "bad": ":red-badge[:material/thumb_down: bad]",
    "skip": ":gray-badge[:material/skip_next: skipped]",
    "flag": ":orange-badge[:material/flag: flagged]",
}


def words(candidate: Candidate, *, limit: int = _LONGEST) -> str:
    """A candidate's words as Markdown, with a mark where its lines end: that may be what is bad."""
    return text.escape(candidate.text.replace("\n", " ⏎ "), limit=limit)


def badge(verdict: str, reasons: Sequence[str] = ()) -> str:
    """What somebody said, as Markdown."""
    why = ", ".join(REASONS[reason] for reason in reasons if reason in REASONS)
    return _BADGES.get(verdict, "") + (f" :small[{why}]" if why else "")


def operation_name(candidate: Candidate) -> str:
    """What the words are meant to ask for, as Markdown."""
    if candidate.path:
        return f"{text.method(candidate.method)} {text.code(candidate.path)}"
    return text.code(candidate.endpoint or candidate.group)


def show_operation(candidate: Candidate) -> None:
    """Draw what the candidate has to be true to."""
    st.markdown(
        f":small[{text.escape(candidate.api_name, limit=80)}]  \n{operation_name(candidate)}"
    )
    if candidate.functionality:
        st.markdown(f"**{text.escape(candidate.functionality, limit=500)}**")
    if candidate.description and candidate.description != candidate.functionality:
        st.markdown(text.escape(candidate.description, limit=700))
    if candidate.endpoint and candidate.path:
        st.caption(f"Operation id {text.code(candidate.endpoint)}")
    if candidate.call:
        st.code(candidate.call[:_LONGEST], language="bash", wrap_lines=True)


def show_siblings(siblings: Sequence[StoredCandidate], own: dict[str, Label]) -> None:
    """Draw the other candidates of the operation, with what this person has said of them."""
    if not siblings:
        return
    lines = []
    for sibling in siblings:
        said = own.get(sibling.key)
        mark = f"{badge(said.decision.verdict)} " if said else ""
        lines.append(f"- {mark}{words(sibling.candidate, limit=300)}")
    st.markdown("Other candidates of this operation\n" + "\n".join(lines))


def show_judges(verdicts: dict[str, JudgeVerdict]) -> None:
    """Draw what judges say."""
    said = [
        f"{text.code(judge)} {badge(verdict.label, verdict.reasons)}"
        + (f" :small[{verdict.score:.2f}]" if verdict.score is not None else "")
        for judge, verdict in verdicts.items()
    ]
    st.markdown("  \n".join(said) or ":small[No judge has seen this candidate yet.]")

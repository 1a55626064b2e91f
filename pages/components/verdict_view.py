"""A judgement as people read it: the verdict, each finding with its proof, and the right call."""

from __future__ import annotations

import json

import streamlit as st

from core.errors import CallwrightError
from core.judgement import Correction, Judgement
from core.openapi.document import Document
from core.parse import LANGUAGES, guess_language
from core.parse.value import Unknown
from core.render import CLIENTS
from core.verdict import Finding, Kind, Verdict
from pages.components import call_view, frame, text

_FRAGMENT_CHARACTERS = 1500
_STATUS = {
    "valid": ("The document allows this call.", ":material/verified:"),
    "undecidable": ("The document does not say enough to decide.", ":material/help:"),
    "illegal": ("The document does not allow this call.", ":material/block:"),
    "no call": ("No call was found that could be checked.", ":material/search_off:"),
}
_SEVERITY = {"illegal": "red", "undecidable": "orange", "note": "gray"}


def language_choice(code: str) -> str:
    """Draw the choice of language, the guessed one first; the language to read the code in."""
    guessed = guess_language(code)
    chosen = st.selectbox(
        "Language",
        ["", *LANGUAGES],
        format_func=lambda name: LANGUAGES[name].title if name else _guess_label(guessed),
        key="check_language",
        width=260,
    )
    return chosen or guessed


def _guess_label(guessed: str) -> str:
    return f"{LANGUAGES[guessed].title} (guessed)"


def show(judgement: Judgement, document: Document) -> None:
    """Draw what is to be said of a piece of code."""
    show_status(judgement.status)
    if judgement.verdict is None:
        st.caption(text.escape(judgement.parsed.reason, limit=600))
        return
    _show_operation(judgement.verdict)
    show_findings(judgement.verdict, document)
    _show_unknowns(judgement.parsed.unknowns)
    if judgement.correction is not None:
        _show_correction(judgement.correction)


def show_status(status: str) -> None:
    """Draw the verdict in one sentence."""
    words, icon = _STATUS[status]
    draw = {"valid": st.success, "illegal": st.error}.get(status, st.warning)
    draw(words, icon=icon)


def _show_operation(verdict: Verdict) -> None:
    operation = verdict.operation
    if operation is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text.label(operation), width="content")
        st.page_link(
            frame.OPERATIONS,
            label="Open the operation",
            icon=":material/open_in_new:",
            query_params=call_view.address(operation),
            width="content",
        )


def show_findings(verdict: Verdict, document: Document) -> None:
    """Draw each finding with the part of the document that proves it."""
    for finding in verdict.findings:
        if finding.kind is not Kind.PLACEHOLDER:  # the code's own are listed with their lines
            _show_finding(finding, document)


def _show_finding(finding: Finding, document: Document) -> None:
    color = _SEVERITY[finding.severity]
    st.markdown(
        f":{color}-badge[{finding.kind}] {text.escape(finding.message, limit=600)}",
    )
    if finding.pointer and finding.severity != "note":
        with st.expander(
            f"Proof: {text.escape(finding.pointer, limit=160)}",
            type="compact",
            icon=":material/data_object:",
        ):
            st.code(_fragment(finding.pointer, document), language="json", wrap_lines=True)


def _fragment(pointer: str, document: Document) -> str:
    """What the document says at a pointer, cut where it is long."""
    reference = pointer if "#" in pointer else f"#{pointer}"
    try:
        value = document.references.find(reference)
    except CallwrightError:
        return pointer
    shown = json.dumps(value, ensure_ascii=False, indent=2)
    if len(shown) > _FRAGMENT_CHARACTERS:
        shown = shown[:_FRAGMENT_CHARACTERS] + "\n…"
    return shown


def _show_unknowns(unknowns: tuple[Unknown, ...]) -> None:
    if not unknowns:
        return
    listed = [
        f"- {text.code(unknown.text, limit=120)} in line {unknown.line}, column {unknown.column}"
        for unknown in unknowns
    ]
    st.markdown("Not stated in the code, so taken as placeholders:\n\n" + "\n".join(listed))


def _show_correction(correction: Correction) -> None:
    client = CLIENTS[correction.client]
    st.subheader("The call that was probably meant", anchor=False)
    shown = st.segmented_control(
        "Show",
        ["Changes", "Whole call"],
        default="Changes",
        key="check_correction",
        label_visibility="collapsed",
        required=True,
    )
    if shown == "Changes":
        st.code(correction.diff, language="diff", wrap_lines=True)
    else:
        st.code(correction.code, language=client.highlight, wrap_lines=True)

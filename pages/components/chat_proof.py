"""Why a call is the right one: the document's verdict, the words it was made from, what it beat."""

from __future__ import annotations

import json

import streamlit as st

from core.check import check
from core.kept_answer import KeptAnswer, KeptCall
from core.openapi.operation import Operation
from core.request import Json
from core.store.conversations import StoredAnswer, choose
from pages.components import call_view, chat_words, frame, resources, text, verdict_view

_MOST_OTHERS = 5
_NAMED = 0.5
"""The share of an API's title from which on a question names it."""
_SURE = ((0.8, "Very sure", "green"), (0.6, "Quite sure", "blue"), (0.0, "Not sure", "orange"))


def show(shown: KeptCall, answer: KeptAnswer, operation: Operation, stored: StoredAnswer) -> None:
    """Draw the proof of the call that is shown."""
    _show_operation(shown, operation)
    verdict = check(shown.request, operation.document)
    verdict_view.show_status(verdict.status)
    verdict_view.show_findings(verdict, operation.document)
    st.markdown("**From your words**")
    chat_words.show(answer.asked, shown.evidence)
    _show_reasons(shown, answer, stored)


def show_others(answer: KeptAnswer, stored: StoredAnswer, *, key: str) -> None:
    """Draw the other calls of an answer, each one click away."""
    listed = enumerate(answer.calls[: _MOST_OTHERS + 1])
    others = [(at, call) for at, call in listed if call is not stored.shown][:_MOST_OTHERS]
    if not others:
        return
    st.markdown("**Or did you mean**" if stored.shown else "**The nearest operations**")
    with st.container(gap="xsmall"):
        for at, call in others:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.button(
                    f"{at + 1}. {text.method(call.method)} {text.code(call.path, limit=80)}",
                    key=f"{key}_{at}",
                    type="tertiary",
                    on_click=choose,
                    args=(resources.store(), stored.id, at),
                    help=text.escape(call.summary, limit=200) or None,
                )
                st.caption(text.escape(call.title, limit=40), width="content")


def _show_operation(call: KeptCall, operation: Operation) -> None:
    st.markdown(text.label(operation))
    said = " · ".join(filter(None, [call.title, call.summary or call.operation_id]))
    st.caption(text.escape(said, limit=160))
    st.page_link(
        frame.OPERATIONS,
        label="Open with these values",
        icon=":material/tune:",
        query_params={**call_view.address(operation), **_values(call)},
        width="content",
    )


def _values(call: KeptCall) -> dict[str, str]:
    """The values of the words, as the form of the Operations page takes them from its address."""
    given: dict[str, list[Json]] = {}
    for each in call.evidence:
        if len(each.path) == 1:
            given.setdefault(f"{each.place}.{each.path[0]}", []).append(each.value)
    return {"values": json.dumps(given)} if given else {}


def _show_reasons(call: KeptCall, answer: KeptAnswer, stored: StoredAnswer) -> None:
    word, color = next((word, color) for least, word, color in _SURE if answer.confidence >= least)
    if stored.choice is not None:
        st.markdown("**Why this one** :gray-badge[you chose it]")
    else:
        st.markdown(f"**Why this one** :{color}-badge[{word}: {answer.confidence:.0%}]")
    found = [f"its words, {call.words:.0%} of the best match"]
    if call.meaning:
        found.append(f"what it means, {call.meaning:.0%} alike")
    if call.named > _NAMED:
        found.append("the name of its API")
    st.caption("Found by " + "; by ".join(found) + ".")
    for note in answer.notes:
        st.caption(text.escape(note, limit=400))

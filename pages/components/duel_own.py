"""A question of one's own, answered by two to four engines at once, with one switch of client."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations

import streamlit as st

from core.answer import Answer
from core.comparison import Comparison, Vote
from core.engines import engine_kind, engine_names
from core.errors import CallwrightError
from core.render import CLIENTS, render
from core.retrieval.entry import EVERYTHING
from core.store.comparisons import add_comparison
from core.store.database import Store
from pages.components import call_view, frame, resources, text

MOST = 4
_KEY = "duel_asked"
_MOST_CHARACTERS = 2_000


@dataclass(frozen=True)
class Asked:
    """A question with what each engine said; an answer that failed is its reason."""

    question: str
    answers: tuple[tuple[str, Answer | str], ...]


def show(store: Store) -> None:
    """Draw the question, the answers and the votes."""
    names = engine_names(store)
    if len(names) < 2:
        st.caption(
            "One engine is ready here, so there is nothing to compare a question of your own by. "
            "With a language model there are more."
        )
        st.page_link(frame.MODELS, label="Connect a model", icon=":material/hub:")
        return
    with st.form("duel_form", border=False):
        engines = st.multiselect(
            "Engines",
            names,
            default=names[:2],
            max_selections=MOST,
            format_func=lambda name: text.plain(engine_kind(name).title, limit=80),
            key="duel_engines",
        )
        question = st.text_input("Your question", max_chars=_MOST_CHARACTERS, key="duel_question")
        is_asked = st.form_submit_button("Ask", type="primary", icon=":material/send:")
    if is_asked and question.strip() and len(engines) > 1:
        with st.spinner("The engines are at work …"):
            st.session_state[_KEY] = _ask(question.strip(), engines)
    elif is_asked:
        st.caption("Write a question, and choose at least two engines.")
    if asked := st.session_state.get(_KEY):
        _show_answers(asked)
        _show_buttons(store, asked)


def _ask(question: str, engines: Sequence[str]) -> Asked:
    """Ask all of them at once; one that fails does not hold up the others."""
    opened = [resources.chat().engine(name) for name in engines]

    def answer(number: int) -> Answer | str:
        try:
            return opened[number].answer(question, EVERYTHING)
        except CallwrightError as error:
            return str(error)

    with ThreadPoolExecutor(MOST) as pool:
        answers = list(pool.map(answer, range(len(engines))))
    return Asked(question, tuple(zip(engines, answers, strict=True)))


def _show_answers(asked: Asked) -> None:
    st.subheader(text.escape(asked.question, limit=300), anchor=False)
    client = call_view.client_switch()
    for column, (name, answer) in zip(
        st.columns(len(asked.answers), gap="large"), asked.answers, strict=True
    ):
        with column:
            st.markdown(f"**{text.escape(engine_kind(name).title)}**")
            if isinstance(answer, str):
                st.error(text.escape(answer, limit=400), icon=":material/error:")
            else:
                _show_answer(answer, client)


def _show_answer(answer: Answer, client: str) -> None:
    call = answer.call
    if call is None:
        st.caption(text.escape(answer.reason, limit=300))
        return
    st.code(render(call.request, client), language=CLIENTS[client].highlight, wrap_lines=True)
    st.markdown(f"{text.label(call.operation)} :gray-badge[{call.verdict.status}]")


def _show_buttons(store: Store, asked: Asked) -> None:
    with st.container(horizontal=True):
        for name, _ in asked.answers:
            label = f"{text.plain(engine_kind(name).title, limit=40)} is best"
            st.button(label, key=f"duel_best_{name}", on_click=_keep, args=(store, asked, name))
        for vote, label in (("tie", "All are good"), ("both bad", "All are bad")):
            st.button(label, key=f"duel_own_{vote}", on_click=_keep, args=(store, asked, vote))


def _keep(store: Store, asked: Asked, vote: str) -> None:
    """Keep a vote on each pair of engines that it says something about."""
    client = CLIENTS[call_view.current_client()]
    names = [name for name, _ in asked.answers]
    for one, other in combinations(names, 2):
        found = _vote_on(one, other, vote)
        if found is not None:
            add_comparison(
                store,
                Comparison(
                    question=asked.question,
                    run_a=0,
                    run_b=0,
                    engine_a=one,
                    engine_b=other,
                    language=client.language,
                    is_blind=False,
                    vote=found,
                    automatic=found,
                ),
            )
    st.session_state.pop(_KEY, None)
    frame.tell("Your vote is kept.", ":material/how_to_vote:")


def _vote_on(one: str, other: str, vote: str) -> Vote | None:
    if vote == "tie":
        return "tie"
    if vote == "both bad":
        return "both bad"
    if vote not in (one, other):
        return None
    return "a" if vote == one else "b"

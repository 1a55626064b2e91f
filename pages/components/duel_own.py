"""A question of one's own, answered by two to four engines at once, with one switch of client."""

from __future__ import annotations

from itertools import combinations

import streamlit as st

from core.comparison import Comparison, Vote
from core.duel import MOST, ask_all, first_choice, rivals
from core.engines import DEFAULT, engine_kind
from core.render import CLIENTS
from core.store.comparisons import add_comparison, list_comparisons
from core.store.conversations import Message, find_message
from core.store.database import Store
from core.store.duels import Duel, find_duel, list_duels
from pages.components import call_view, duel_side, frame, resources, text

_POLL_SECONDS = 0.5
_MOST_CHARACTERS = 2_000
_ALL_APIS = ""
_BOTH = {"tie": "All are good", "both bad": "All are bad"}


def show(store: Store) -> None:
    """Draw the question, the answers and the votes; the address holds which question it is."""
    address = st.query_params.get("duel")
    duel = find_duel(store, address) if address else None
    _show_form(store, duel)
    if duel is not None:
        _show_duel(store, duel)
    _show_earlier(store, duel)


def _show_form(store: Store, duel: Duel | None) -> None:
    names = rivals(store)
    asked = [side.engine for side in duel.sides if side.engine in names] if duel else []
    titles = {row.api: row.title for row in resources.live().values()}
    apis = [_ALL_APIS, *titles]
    api = duel.api if duel and duel.api in titles else _ALL_APIS
    with st.form(f"duel_form_{duel.id if duel else ''}", border=False):
        question = st.text_input(
            "Your question",
            duel.question if duel else "",
            max_chars=_MOST_CHARACTERS,
            placeholder="cancel booking 8841",
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            engines = st.multiselect(
                "Engines",
                names,
                default=asked or first_choice(store, DEFAULT),
                max_selections=MOST,
                format_func=lambda name: text.plain(engine_kind(name).title, limit=80),
            )
            api = st.selectbox(
                "Look in",
                apis,
                index=apis.index(api),
                format_func=lambda each: text.plain(titles.get(each, "All APIs"), limit=80),
                width=260,
            )
            is_asked = st.form_submit_button("Ask", type="primary", icon=":material/send:")
    if is_asked and question.strip() and len(engines) > 1:
        made = ask_all(resources.chat(), store, question.strip(), engines, api=api)
        st.query_params["duel"] = made.id
        st.rerun()
    elif is_asked:
        st.caption("Write a question, and choose at least two engines.")


def _show_duel(store: Store, duel: Duel) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(text.escape(duel.question, limit=300), anchor=False)
        if duel.conversation:
            st.page_link(
                frame.CHAT,
                label="Back to the chat",
                icon=":material/arrow_back:",
                query_params={"conversation": duel.conversation},
                width="content",
            )
    client = call_view.client_switch()
    is_open = any(message.answer.is_open for message in _messages(store, duel))

    def show_sides() -> None:
        messages = _messages(store, duel)
        columns = st.columns(len(duel.sides), gap="large")
        for column, side, message in zip(columns, duel.sides, messages, strict=True):
            with column:
                duel_side.show(side, message, client)
        if is_open and not any(message.answer.is_open for message in messages):
            st.rerun()

    st.fragment(show_sides, run_every=_POLL_SECONDS if is_open else None)()
    if not is_open:
        _show_votes(store, duel)


def _messages(store: Store, duel: Duel) -> list[Message]:
    return [find_message(store, side.answer)[1] for side in duel.sides]


def _show_votes(store: Store, duel: Duel) -> None:
    choices = {
        side.engine: f"{text.plain(engine_kind(side.engine).title, limit=40)} is best"
        for side in duel.sides
    } | _BOTH
    if kept := _kept_vote(store, duel):
        st.caption(f":material/how_to_vote: You said: {text.escape(choices[kept])}.")
    with st.container(horizontal=True):
        for vote, label in choices.items():
            st.button(label, key=f"duel_vote_{vote}", on_click=_keep, args=(store, duel, vote))


def _keep(store: Store, duel: Duel, vote: str) -> None:
    """Keep a vote on each pair of engines that it says something about."""
    client = CLIENTS[call_view.current_client()]
    for one, other in combinations([side.engine for side in duel.sides], 2):
        found = _vote_on(one, other, vote)
        if found is not None:
            add_comparison(
                store,
                Comparison(
                    question=duel.question,
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
    frame.tell("Your vote is kept.", ":material/how_to_vote:")


def _vote_on(one: str, other: str, vote: str) -> Vote | None:
    if vote == "tie":
        return "tie"
    if vote == "both bad":
        return "both bad"
    if vote not in (one, other):
        return None
    return "a" if vote == one else "b"


def _kept_vote(store: Store, duel: Duel) -> str:
    """What was said of this question last: an engine, or a key of ``_BOTH``; empty for nothing."""
    names = {side.engine for side in duel.sides}
    for kept in reversed(list_comparisons(store)):
        if kept.question == duel.question and {kept.engine_a, kept.engine_b} <= names:
            return {"a": kept.engine_a, "b": kept.engine_b}.get(kept.vote, kept.vote)
    return ""


def _show_earlier(store: Store, duel: Duel | None) -> None:
    earlier = [each for each in list_duels(store) if duel is None or each[0] != duel.id]
    if not earlier:
        return
    with st.expander("Earlier questions", icon=":material/history:"):
        for number, question in earlier:
            st.button(
                text.escape(question, limit=120),
                key=f"duel_open_{number}",
                type="tertiary",
                on_click=_open,
                args=(number,),
            )


def _open(duel: str) -> None:
    st.query_params["duel"] = duel

"""One message and what was said to it: the last one with its proof, those before it in short."""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from core.build import Built
from core.connection import connection_of
from core.errors import CallwrightError
from core.judgement import judge
from core.kept_answer import KeptAnswer, KeptCall
from core.render import CLIENTS, render
from core.reply import pasted
from core.store.api_choices import api_choices_of
from core.store.conversations import LONGEST_MESSAGE, LONGEST_PARTIAL, Message, StoredAnswer, vote
from pages.components import (
    call_view,
    chat_proof,
    duel_link,
    frame,
    resources,
    text,
    verdict_view,
)

_POLL_SECONDS = 0.4
_THUMBS = {0: "down", 1: "up", None: ""}
_VOTES = {vote: thumb for thumb, vote in _THUMBS.items()}

Ask = Callable[..., None]
"""Puts a message; ``replaces`` says which one it stands for."""


def show(message: Message, ask: Ask, *, is_whole: bool) -> None:
    """Draw a message; ``is_whole`` with its proof, of which there is one on a page."""
    with st.chat_message("user", avatar=":material/person:"):
        _show_question(message, ask)
    with st.chat_message("assistant", avatar=":material/bolt:"):
        _show_answer(message, ask, is_whole=is_whole)


def take_named_client(message: Message) -> None:
    """Switch to the client that the last message names, once: people may switch again."""
    answer = message.answer.answer
    if answer and answer.client and st.session_state.get("chat_client_of") != message.id:
        st.session_state["chat_client_of"] = message.id
        call_view.take_client(answer.client)


def _show_question(message: Message, ask: Ask) -> None:
    if st.session_state.get("chat_edited") == message.id:
        _show_editor(message, ask)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if pasted(message.text) is None:
            st.markdown(text.escape(message.text, limit=2_000), width="stretch")
        else:
            st.code(text.paragraph(message.text, limit=LONGEST_MESSAGE), language=None)
        st.button(
            "Edit",
            key=f"chat_edit_{message.id}",
            icon=":material/edit:",
            type="tertiary",
            help="Ask in other words; what follows is asked anew, too.",
            on_click=_edit,
            args=(message.id,),
        )


def _show_editor(message: Message, ask: Ask) -> None:
    with st.form(f"chat_editor_{message.id}"):
        words = st.text_area(
            "Your question", message.text, label_visibility="collapsed", key="chat_edited_words"
        )
        with st.container(horizontal=True):
            saved = st.form_submit_button("Ask again", type="primary", icon=":material/send:")
            left = st.form_submit_button("Leave it")
    if left or (saved and not words.strip()):
        _edit(None)
        st.rerun()
    if saved:
        _edit(None)
        ask(words, replaces=message.id)


def _edit(message: int | None) -> None:
    st.session_state["chat_edited"] = message


def _show_answer(message: Message, ask: Ask, *, is_whole: bool) -> None:
    stored = message.answer
    if stored.is_open:
        st.fragment(_wait, run_every=_POLL_SECONDS)(stored.id)
    elif stored.answer is None:
        _show_nothing(message, ask)
    elif stored.answer.judged:
        _show_judgement(message.text, stored.answer.judged, is_whole=is_whole)
    elif is_whole:
        _show_whole(message, stored.answer)
    elif stored.shown is None:
        st.markdown(text.escape(stored.answer.reason, limit=600))
    else:
        _show_short(message, stored.shown)


def _wait(answer: int) -> None:
    """Look again until the answer is there, then draw the page."""
    message = resources.chat().message(answer)
    if not message.answer.is_open:
        st.rerun()
    written = message.answer.partial
    if written:
        st.code(text.paragraph(written, limit=LONGEST_PARTIAL), language=None, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        seconds = max(0, time.time() - message.answer.asked_at)
        said = f"{'Writing' if written else 'Looking'} … {seconds:.0f} s"
        st.markdown(f":material/progress_activity: {said}", width="content")
        st.button(
            "Stop",
            key=f"chat_stop_{answer}",
            icon=":material/stop_circle:",
            on_click=resources.chat().stop,
            args=(answer,),
        )


def _show_nothing(message: Message, ask: Ask) -> None:
    """Draw why there is no answer, and the way to one."""
    if message.answer.state == "stopped":
        st.caption("Stopped.")
    else:
        st.error(text.escape(message.answer.error, limit=600), icon=":material/error:")
    if st.button("Try again", key=f"chat_retry_{message.id}", icon=":material/refresh:"):
        ask(message.text, replaces=message.id)


def _show_whole(message: Message, answer: KeptAnswer) -> None:
    stored, shown = message.answer, message.answer.shown
    if shown is None:
        _show_unanswered(answer, stored)
        duel_link.show(message)
        return
    try:
        with st.spinner("Opening the document …"):
            operation = resources.cache().operation(*shown.key)
    except CallwrightError as error:
        frame.show_error(error)
        return
    call, proof = st.columns([3, 2], gap="large")
    with call:
        chosen = connection_of(operation, api_choices_of(resources.store(), shown.api))
        built, notes = Built(shown.request, shown.notes), list(shown.notes)
        call_view.show(operation, built, notes, chosen.environment.values())
        _show_vote(stored)
        duel_link.show(message)
    with proof:
        chat_proof.show(shown, answer, operation, stored)
        chat_proof.show_others(answer, stored, key=f"chat_other_{stored.id}")
        _show_written(answer)


def _show_written(answer: KeptAnswer) -> None:
    """What a language model wrote, of which the call was made, and what that took."""
    if answer.written:
        with st.expander("What the model wrote"):
            st.code(
                text.paragraph(answer.written, limit=LONGEST_PARTIAL),
                language=None,
                wrap_lines=True,
            )
    if (work := answer.work).replies:
        prompts = ", ".join(text.code(f"{name} {version}") for name, version in work.prompts)
        st.caption(
            f"{work.prompt_tokens:,} tokens read, {work.completion_tokens:,} written, "
            f"{work.seconds:.1f} s of the model. Prompts: {prompts}."
        )


def _show_unanswered(answer: KeptAnswer, stored: StoredAnswer) -> None:
    st.warning(text.escape(answer.reason, limit=600), icon=":material/search_off:")
    st.caption(
        "The question is kept below, under what nothing answered. Say it in other words, look in "
        "all APIs, or add the document of the API that does it."
    )
    for note in answer.notes:
        st.caption(text.escape(note, limit=400))
    with st.container(horizontal=True):
        st.page_link(frame.SPECS, label="Add a document", icon=":material/upload_file:")
        st.page_link(frame.OPERATIONS, label="Browse operations", icon=":material/api:")
    chat_proof.show_others(answer, stored, key=f"chat_other_{stored.id}")
    _show_written(answer)


def _show_short(message: Message, shown: KeptCall) -> None:
    client = call_view.current_client()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{text.method(shown.method)} {text.code(shown.path)}", width="content")
        st.caption(text.escape(shown.title, limit=40), width="content")
        st.button(
            "Proof",
            key=f"chat_whole_{message.id}",
            icon=":material/verified:",
            type="tertiary",
            on_click=_open,
            args=(message.id,),
        )
    st.code(render(shown.request, client), language=CLIENTS[client].highlight, wrap_lines=True)


def _open(message: int) -> None:
    st.session_state["chat_whole"] = message


def _show_judgement(code: str, sha256: str, *, is_whole: bool) -> None:
    try:
        document = resources.document(sha256)
        judgement = judge(code, document)
    except CallwrightError as error:
        frame.show_error(error)
        return
    if is_whole:
        st.caption(f"Judged by {text.escape(document.title, limit=80)}. Nothing was run.")
        verdict_view.show(judgement, document)
    else:
        verdict_view.show_status(judgement.status)


def _show_vote(stored: StoredAnswer) -> None:
    key = f"chat_vote_{stored.id}"
    reason_key = f"chat_reason_{stored.id}"

    def save() -> None:
        chosen = _THUMBS[st.session_state.get(key)]
        vote(resources.store(), stored.id, chosen, st.session_state.get(reason_key) or "")

    with st.container(horizontal=True, vertical_alignment="center"):
        st.feedback("thumbs", key=key, default=_VOTES[stored.vote], on_change=save)
        if stored.vote:
            st.text_input(
                "Why?",
                stored.reason,
                key=reason_key,
                placeholder="What is right or wrong about it? (kept with your vote)",
                label_visibility="collapsed",
                on_change=save,
                max_chars=500,
            )

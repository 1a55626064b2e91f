"""What one engine says to a question that several were asked."""

from __future__ import annotations

import streamlit as st

from core.check import check
from core.engines import engine_kind
from core.errors import CallwrightError
from core.kept_answer import KeptCall
from core.render import CLIENTS, render
from core.store.conversations import LONGEST_PARTIAL, Message
from core.store.duels import Side
from pages.components import frame, resources, text, verdict_view


def show(side: Side, message: Message, client: str) -> None:
    """Draw the engine and its answer, or how far it is."""
    st.markdown(f"**{text.escape(engine_kind(side.engine).title, limit=80)}**")
    stored = message.answer
    if stored.is_open:
        _show_open(side, stored.partial)
    elif stored.answer is None:
        reason = stored.error or "Stopped."
        st.warning(text.escape(reason, limit=400), icon=":material/error:")
    elif stored.shown is None:
        st.caption(text.escape(stored.answer.reason or "It made no call.", limit=300))
    else:
        _show_call(stored.shown, client)
    if not stored.is_open:
        _show_foot(side, message)
        if stored.answer is not None and stored.answer.written:
            with st.expander("What the model wrote", type="compact"):
                written = text.paragraph(stored.answer.written, limit=LONGEST_PARTIAL)
                st.code(written, language=None, wrap_lines=True)


def _show_open(side: Side, partial: str) -> None:
    if partial:
        st.code(text.paragraph(partial, limit=LONGEST_PARTIAL), language=None, wrap_lines=True)
    said = "Writing …" if partial else "Looking …"
    st.markdown(f":material/progress_activity: {said}")
    st.button(
        "Stop",
        key=f"duel_stop_{side.answer}",
        icon=":material/stop_circle:",
        on_click=resources.chat().stop,
        args=(side.answer,),
    )


def _show_call(call: KeptCall, client: str) -> None:
    st.code(render(call.request, client), language=CLIENTS[client].highlight, wrap_lines=True)
    st.markdown(f"{text.method(call.method)} {text.code(call.path, limit=80)}")
    st.caption(text.escape(call.title, limit=60))
    try:
        operation = resources.cache().operation(*call.key)
    except CallwrightError as error:
        frame.show_error(error)
        return
    verdict_view.show_status(check(call.request, operation.document).status)


def _show_foot(side: Side, message: Message) -> None:
    stored = message.answer
    with st.container(horizontal=True, vertical_alignment="center"):
        if stored.finished_at is not None:
            st.caption(f"{stored.finished_at - stored.asked_at:.1f} s", width="content")
        if stored.answer is not None and stored.answer.calls:
            st.caption(f"{stored.answer.confidence:.0%} sure", width="content")
        st.page_link(
            frame.CHAT,
            label="Go on in the chat",
            icon=":material/forum:",
            query_params={"conversation": side.conversation, "engine": side.engine},
            width="content",
        )

"""From an answer of the chat to the same question, side by side."""

from __future__ import annotations

import streamlit as st

from core.duel import ask_all, first_choice
from core.store.conversations import Message
from pages.components import frame, resources


def show(message: Message) -> None:
    """Draw the button; a click asks the other engines, too, and opens what they say."""
    if st.button(
        "Side by side",
        key=f"chat_duel_{message.id}",
        icon=":material/compare:",
        type="tertiary",
        help="Ask other engines the same.",
    ):
        store, answer = resources.store(), message.answer.answer
        duel = ask_all(
            resources.chat(),
            store,
            answer.asked if answer else message.text,
            first_choice(store, message.answer.engine),
            api=message.api,
            conversation=st.query_params.get("conversation"),
        )
        st.switch_page(frame.SIDE_BY_SIDE, query_params={"mode": "own", "duel": duel.id})

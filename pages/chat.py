"""Ask in plain words, take the call with its proof, go on talking."""

import streamlit as st

from core.store.conversations import find_conversation, messages_of, new_conversation
from pages.components import (
    chat_engine,
    chat_history,
    chat_scope,
    chat_start,
    chat_turn,
    frame,
    resources,
)

MOST_CHARACTERS = 5_000
SHOWN = 20

frame.title("Chat")
store, chat = resources.store(), resources.chat()
resources.grounded().warm()  # so that its embedder is there when the first question comes
address = st.query_params.get("conversation")
conversation = find_conversation(store, address) if address else None


def ask(words, replaces=None):
    where = conversation or new_conversation(store, words)
    st.query_params["conversation"] = where.id
    st.session_state["chat_whole"] = None
    answer = chat.ask(
        where.id,
        words,
        api=chat_scope.chosen(),
        engine=chat_engine.chosen(),
        replaces=replaces,
    )
    chat.wait(answer, seconds=chat_start.PATIENCE_SECONDS)
    return where


def ask_and_draw(words, replaces=None):
    ask(words, replaces)
    st.rerun()


if words := st.chat_input("Ask, or paste a call to check it", max_chars=MOST_CHARACTERS):
    conversation = ask(words)
chat_history.show(conversation)
with st.container(horizontal=True, vertical_alignment="bottom"):
    chat_scope.show()
    chat_engine.show()
    if conversation:
        chat_history.show_tools(conversation)

messages = messages_of(store, conversation.id) if conversation else []
if not messages:
    st.markdown("Say what you want to do. You get the call, and the proof that it is right.")
    chat_start.show_examples(ask)
    chat_start.show_unanswered()
    st.stop()

chat_turn.take_named_client(messages[-1])
whole = st.session_state.get("chat_whole") or messages[-1].id
if len(messages) > SHOWN and not st.toggle(f"All {len(messages)} questions", key="chat_all"):
    messages = messages[-SHOWN:]
for message in messages:
    chat_turn.show(message, ask_and_draw, is_whole=message.id == whole)
chat_start.show_unanswered()

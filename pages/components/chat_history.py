"""The conversations that there are: listed beside the page, and the open one with its tools."""

from __future__ import annotations

import streamlit as st

from core.store.conversations import (
    Conversation,
    delete_conversation,
    list_conversations,
    rename_conversation,
    restore_conversation,
)
from pages.components import frame, resources, text

_SHOWN = 12
"""Conversations that are listed at once."""
_TITLE = 34
"""Characters that fit into the sidebar."""


def show(current: Conversation | None) -> None:
    """Draw the list in the sidebar."""
    with st.sidebar:
        st.button("New conversation", icon=":material/add_comment:", on_click=_open, key="chat_new")
        listed = list_conversations(resources.store(), limit=5 * _SHOWN)
        _show_links(listed[:_SHOWN], current)
        if len(listed) > _SHOWN:
            with st.expander("Earlier", type="compact"):
                _show_links(listed[_SHOWN:], current)
        if deleted := list_conversations(resources.store(), deleted=True, limit=_SHOWN):
            with st.expander(f"Deleted ({len(deleted)})", type="compact"):
                for each in deleted:
                    st.button(
                        text.escape(each.title, limit=_TITLE),
                        key=f"chat_restore_{each.id}",
                        icon=":material/undo:",
                        type="tertiary",
                        help="Bring it back",
                        on_click=restore_conversation,
                        args=(resources.store(), each.id),
                    )


def show_tools(conversation: Conversation) -> None:
    """Draw what can be done with the conversation that is open."""
    store = resources.store()
    if conversation.deleted_at is not None:
        st.warning("This conversation was deleted.", icon=":material/delete:")
        if st.button("Bring it back", icon=":material/undo:"):
            restore_conversation(store, conversation.id)
            st.rerun()
        return
    with st.popover("", icon=":material/more_horiz:", help="Rename, share or delete"):
        title = st.text_input("Title", conversation.title, key=f"chat_title_{conversation.id}")
        if title != conversation.title and title.strip():
            rename_conversation(store, conversation.id, title)
            st.rerun()
        st.caption("Whoever can open this app reads the conversation under its address:")
        st.code(_address(conversation), language=None, wrap_lines=True)
        if st.button("Delete", icon=":material/delete:", help="It can be brought back."):
            delete_conversation(store, conversation.id)
            frame.tell("Deleted. The sidebar can bring it back.", ":material/delete:")
            st.switch_page(frame.CHAT)


def _show_links(listed: list[Conversation], current: Conversation | None) -> None:
    with st.container(gap="xsmall"):
        for each in listed:
            title = text.escape(each.title, limit=_TITLE)
            st.button(
                f"**{title}**" if current and each.id == current.id else title,
                key=f"chat_open_{each.id}",
                type="tertiary",
                on_click=_open,
                args=(each.id,),
            )


def _open(conversation: str = "") -> None:
    """Make this the conversation of the address; without one, begin anew."""
    st.query_params.pop("conversation", None)
    if conversation:
        st.query_params["conversation"] = conversation
    st.session_state["chat_whole"] = st.session_state["chat_edited"] = None


def _address(conversation: Conversation) -> str:
    base = (st.context.url or "").partition("?")[0]
    return f"{base}?conversation={conversation.id}"

"""Who labels: a name that somebody picks, or the one that a provider of accounts vouches for."""

from __future__ import annotations

import streamlit as st

from core.errors import StoreError
from core.store.annotators import add_annotator, list_annotators
from pages.components import frame, resources, text

_KEY = "annotator"


def show() -> str:
    """Draw who labels, and how to be somebody else; the name, empty while there is none."""
    return _signed_in() if _has_accounts() else _picked()


def _has_accounts() -> bool:
    """Whether ``.streamlit/secrets.toml`` has a section ``[auth]`` (see ``st.login``)."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def _signed_in() -> str:
    if not st.user.is_logged_in:
        st.button("Sign in to label", icon=":material/login:", on_click=st.login, type="primary")
        return ""
    known = str(st.user.get("email") or st.user.get("name") or st.user.get("sub") or "")
    name = add_annotator(resources.store(), known, "signed-in")
    with st.popover(text.escape(name, limit=40), icon=":material/person:"):
        st.button("Sign out", icon=":material/logout:", on_click=st.logout)
    return name


def _picked() -> str:
    """The name in the address, or the one that this session has used before."""
    name = st.query_params.get("who") or st.session_state.get(_KEY, "")
    people = [person.name for person in list_annotators(resources.store())]
    if name not in people:
        return ""
    _take(name)
    with st.popover(text.escape(name, limit=40), icon=":material/person:"):
        st.caption("Labels are kept by name. Whoever sees this page can take any name.")
        st.button("Be somebody else", icon=":material/logout:", on_click=_take, args=("",))
    return name


def show_names() -> None:
    """Draw the choice of a name, for whoever has none yet."""
    if _has_accounts():
        return
    people = [
        person.name for person in list_annotators(resources.store()) if person.kind == "person"
    ]
    with st.container(border=True):
        st.markdown("**Who are you?** Every label is somebody's.")
        if people:
            st.pills(
                "Names that are known",
                people,
                format_func=text.plain,
                key="labels_who",
                on_change=lambda: _take(st.session_state["labels_who"] or ""),
            )
        with st.form("labels_new_person", border=False):
            new = st.text_input("A new name", max_chars=80)
            if st.form_submit_button("Start", icon=":material/play_arrow:", type="primary"):
                try:
                    _take(add_annotator(resources.store(), new))
                except StoreError as error:
                    frame.show_error(error)
                else:
                    st.rerun()


def _take(name: str) -> None:
    st.session_state[_KEY] = name
    if name:
        st.query_params["who"] = name
    else:
        st.query_params.pop("who", None)

"""A call as code: in every client, with what it was made from and what is left to replace."""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st

from core.build import Built
from core.describe import describe
from core.environment import read_environment
from core.openapi.operation import Operation
from core.placeholder import find_placeholders, placeholder
from core.render import CLIENTS, Client, render
from core.store.operations import StoredOperation
from pages.components import resources, text

_LANGUAGES = {
    "curl": "cURL",
    "python": "Python",
    "javascript": "JavaScript",
    "node": "Node",
    "java": "Java",
    "go": "Go",
    "php": "PHP",
    "ruby": "Ruby",
    "swift": "Swift",
    "libcurl": "C",
}
"""In the order in which people look for them."""

_not_in_a_file_name = re.compile(r"\W+", re.ASCII)


def show(
    operation: Operation, built: Built, notes: list[str], variables: Iterable[str] = ()
) -> None:
    """Draw the call with its client switch, copy button, download and notes.

    ``variables`` of the environment hold credentials.
    """
    name = client_switch()
    client = CLIENTS[name]
    code = read_environment(render(built.request, name), name, variables)
    st.code(code, language=client.highlight, wrap_lines=True)
    if text.turns_round(code):
        st.warning(
            "The document's values hold invisible characters that turn text round: this call may "
            "send something else than what you read.",
            icon=":material/visibility_off:",
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download",
            code + "\n",
            file_name=f"{_file_stem(operation)}.{client.extension}",
            mime="text/plain",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(_origin(operation))
    _show_placeholders(code)
    _show_variables(code, variables)
    _show_notes(notes)
    _show_markdown(operation, code, client)
    _show_samples(operation)


def address(operation: Operation | StoredOperation) -> dict[str, str]:
    """The query of the address at which anybody finds this call."""
    document = resources.key(operation.key[0])
    return {"document": document, "operation": operation.label, "client": current_client()}


def current_client() -> str:
    """The client that the address names, or that was used last."""
    named = st.query_params.get("client") or st.session_state.get("client")
    return named if named in CLIENTS else "curl"


def client_switch() -> str:
    """Draw the choice of language and library; the address leads, the session remembers."""
    current = current_client()
    st.session_state["client"] = current
    language = CLIENTS[current].language
    st.session_state["call_language"] = language
    st.pills(
        "Language",
        list(_LANGUAGES),
        format_func=_LANGUAGES.__getitem__,
        required=True,
        key="call_language",
        label_visibility="collapsed",
        wrap=True,
        on_change=_take_language,
    )
    names = libraries(language)
    if len(names) > 1:
        st.session_state["call_library"] = current
        st.segmented_control(
            "Library",
            names,
            format_func=lambda name: CLIENTS[name].title.partition(" · ")[2],
            required=True,
            key="call_library",
            label_visibility="collapsed",
            on_change=_take_library,
        )
    return current


def _take_language() -> None:
    take_client(libraries(st.session_state["call_language"])[0])


def _take_library() -> None:
    take_client(st.session_state["call_library"])


def take_client(client: str) -> None:
    """Show calls in this client from now on."""
    st.session_state["client"] = st.query_params["client"] = client


def libraries(language: str) -> list[str]:
    """The clients of a language, the one that people use today first."""
    names = [name for name, client in CLIENTS.items() if client.language == language]
    return sorted(names, key=lambda name: CLIENTS[name].api_pack_lang is not None)


def _file_stem(operation: Operation) -> str:
    return _not_in_a_file_name.sub("-", operation.operation_id).strip("-")[:60] or "call"


def _origin(operation: Operation) -> str:
    return f"From {text.code(operation.pointer)} in {text.escape(operation.document.name)}"


def _show_placeholders(code: str) -> None:
    names = list(dict.fromkeys(find_placeholders(code)))
    if names:
        st.markdown(
            ":material/edit: Replace before you send: " + ", ".join(map(text.code, names[:12]))
        )


def _show_variables(code: str, variables: Iterable[str]) -> None:
    """Say what has to be in the environment, where the code reads it."""
    left = find_placeholders(code)
    for name in dict.fromkeys(variables):
        if placeholder(name) not in left:
            st.markdown(
                f":material/terminal: Set before you run it: {text.code(f'export {name}=…')}"
            )


def _show_markdown(operation: Operation, code: str, client: Client) -> None:
    with st.expander(
        "As Markdown, for a language model",
        type="compact",
        icon=":material/article:",
        key="call_markdown",
        on_change="rerun",
    ) as box:
        if box.open:
            words = describe(operation, code, client)
            st.code(words, language="markdown", wrap_lines=True, height=320)


def _show_notes(notes: list[str]) -> None:
    if not notes:
        return
    with st.expander(f"Notes ({len(notes)})", type="compact", icon=":material/sticky_note_2:"):
        for note in notes:
            st.caption(text.escape(note, limit=600))


def _show_samples(operation: Operation) -> None:
    samples = operation.code_samples
    if not samples:
        return
    with st.expander(f"Samples of the document ({len(samples)})", type="compact"):
        st.caption("Written by the document's author, not checked.")
        for sample in samples[:20]:
            st.caption(text.escape(" · ".join(filter(None, [sample.language, sample.label]))))
            st.code(text.paragraph(sample.source, limit=20_000), language=None)

"""Ask a catalogue: the function that a question means, and the arguments that it gives."""

from __future__ import annotations

import json

import orjson
import pandas as pd
import streamlit as st

from core.catalogue.asking import FunctionAnswer, FunctionCall
from core.catalogue.folder import slug
from core.catalogue.function import Catalogue, document_of
from core.errors import CallwrightError
from core.uploads import import_uploads
from pages.components import catalogue_cache, frame, resources, text
from pipeline.catalogue import HAND

_KEY = "question"
_OFFERED = 4
_ALTERNATIVES = 4


def show(name: str) -> None:
    """Draw the box and what comes of it."""
    catalogue = catalogue_cache.catalogue(name)
    question = st.text_input(
        "Ask this catalogue",
        key=_KEY,
        bind="query-params",
        placeholder="What should happen?",
        icon=":material/search:",
        max_chars=1_000,
    )
    if not question or not question.strip():
        _offer(name)
        _offer_chat(catalogue)
        return
    try:
        answer = catalogue_cache.engine(name, catalogue.sha256).answer(question)
    except CallwrightError as error:
        frame.show_error(error)
        return
    _show_answer(answer)
    _offer_chat(catalogue)


def _offer_chat(catalogue: Catalogue) -> None:
    """A way into the chat: there the functions are an API, with their labels as paths."""
    if st.button("Talk to it in Chat", icon=":material/forum:", type="tertiary"):
        data = orjson.dumps(document_of([catalogue]).root)
        with st.spinner("Making an API of it …"):
            made = import_uploads(resources.store(), {f"{slug(catalogue.name)}.json": data})
        if not made.documents:
            st.error(text.escape(made.refused[0].reason), icon=":material/error:")
            return
        row = resources.find(made.documents[0].sha256)
        st.switch_page(frame.CHAT, query_params={"api": row.api})


def _offer(name: str) -> None:
    """Questions to try, each of another function; what people wrote before templates."""
    first: dict[str, str] = {}
    for each in sorted(catalogue_cache.examples(name), key=lambda each: each.origin != HAND):
        first.setdefault(each.function, each.question)
    if not first:
        return
    st.caption("For example")
    for number, question in enumerate(list(first.values())[:_OFFERED]):
        st.button(
            text.escape(question, limit=120),
            key=f"offer-{number}",
            icon=":material/lightbulb:",
            type="tertiary",
            on_click=_take,
            args=(question,),
        )


def _take(question: str) -> None:
    st.session_state[_KEY] = question


def _show_answer(answer: FunctionAnswer) -> None:
    if answer.reason or not answer.calls:
        said = answer.reason or "Nothing here seems to do that."
        st.warning(text.escape(said), icon=":material/help:")
        if answer.calls:
            st.caption("The nearest there is:")
    if not answer.calls:
        return
    call = answer.calls[0]
    with st.container(border=True):
        st.markdown(
            f":blue-badge[{text.escape(call.function.module, limit=60)}] "
            f"**{text.code(call.function.name, limit=80)}** "
            f":gray-badge[{answer.confidence:.0%} sure]"
        )
        st.caption(text.escape(text.first_sentence(call.function.description)))
        _show_arguments(call)
        st.code(as_code(call), language="python", wrap_lines=True)
    others = answer.calls[1 : 1 + _ALTERNATIVES]
    if others:
        with st.expander("What else may have been meant"):
            for other in others:
                st.markdown(
                    f":blue-badge[{text.escape(other.function.module, limit=60)}] "
                    f"{text.code(other.function.name, limit=80)} "
                    f"{text.escape(text.first_sentence(other.function.description), limit=120)}"
                )


def _show_arguments(call: FunctionCall) -> None:
    if not call.function.arguments:
        return
    rows = [
        {
            "Argument": text.plain(name),
            "Value": _value(call, name),
            "What it is": text.plain(str(schema.get("description", "")), limit=160),
        }
        for name, schema in call.function.arguments.items()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def _value(call: FunctionCall, name: str) -> str:
    if name in call.arguments:
        return text.plain(json.dumps(call.arguments[name], ensure_ascii=False))
    return "– (required)" if name in call.missing else ""


def as_code(call: FunctionCall) -> str:
    """The call as Python writes it; what is missing as three dots.

    >>> as_code(call)
    'shapes.draw_circle(place="Oslo", radius_km=...)'
    """
    given = {name: json.dumps(value, ensure_ascii=False) for name, value in call.arguments.items()}
    given |= dict.fromkeys(call.missing, "...")
    said = ", ".join(f"{name}={value}" for name, value in given.items())
    return text.plain(f"{call.function.label}({said})", limit=2_000)

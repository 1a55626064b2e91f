"""The three seed examples of each document: read, put right and approved by a person."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from core.errors import CallwrightError
from pages.components import address, text
from pipeline.dataset import Dataset
from pipeline.seed_example import SeedExample, name_fault, read_examples, save_example

_ALL, _WAITING = "All", "Not approved yet"


def show(dataset: Dataset) -> None:
    """Draw the documents with their examples, one document at a time."""
    examples = read_examples(dataset)
    if not examples:
        st.caption("There is none yet: the step *instruct* writes three for each document.")
        return
    approved = sum(example.approved for example in examples)
    st.caption(
        "Language models that write instructions take these as their examples, so a wrong one is "
        "multiplied. What you change is saved at once, and stays when the dataset is made anew."
    )
    st.progress(approved / len(examples), f"{approved:,} of {len(examples):,} approved")
    by_document = {
        document: list(found)
        for document, found in groupby(examples, lambda each: each.key.partition("#")[0])
    }
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    state = left.segmented_control(
        "Show", [_ALL, _WAITING], default=_ALL, required=True, key="examples_state"
    )
    shown = {
        document: found
        for document, found in by_document.items()
        if state == _ALL or not all(each.approved for each in found)
    }
    if not shown:
        st.caption("All are approved.")
        return
    keys = {document[:16]: document for document in shown}
    chosen = address.selectbox(
        right,
        "API",
        list(keys),
        key="api",
        format_func=lambda key: _title(shown[keys[key]]),
    )
    for example in shown[keys[chosen]]:
        _show(dataset, example)


def _title(examples: list[SeedExample]) -> str:
    done = sum(each.approved for each in examples)
    return f"{text.plain(examples[0].api_name, limit=80)} ({done} of {len(examples)} approved)"


def _show(dataset: Dataset, example: SeedExample) -> None:
    """Draw one example with its two controls."""
    words, approves = f"example_{example.key}", f"approved_{example.key}"
    with st.container(border=True):
        st.caption(
            f"{text.escape(example.functionality or example.description)} "
            f":gray-badge[{text.escape(example.origin, limit=40)}]"
        )
        st.text_area(
            "Instruction",
            value=example.text,
            key=words,
            height="content",
            label_visibility="collapsed",
            on_change=_save,
            args=(dataset, example, words, approves),
        )
        st.toggle(
            "Approved",
            value=example.approved,
            key=approves,
            on_change=_save,
            args=(dataset, example, words, approves),
        )
        if refused := st.session_state.pop(f"refused_{example.key}", ""):
            st.error(text.escape(refused), icon=":material/error:")
        elif fault := name_fault(example):
            st.warning(text.escape(fault), icon=":material/warning:")


def _save(dataset: Dataset, example: SeedExample, words: str, approves: str) -> None:
    """Save what a person has typed or said; where it cannot be saved, say why."""
    try:
        save_example(
            dataset,
            example,
            st.session_state[words],
            approved=st.session_state[approves],
        )
    except CallwrightError as error:
        st.session_state[f"refused_{example.key}"] = f"Not saved. {error}"
        st.session_state[approves] = example.approved

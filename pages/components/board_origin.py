"""What the figures of a run come from: its settings, its model, versions, seeds, questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.store.runs import Run
from pages.components import text

_FIRST = {
    "engine": "Engine",
    "base_model": "Base model",
    "template": "Template of the prompts",
    "mixture": "Mixture",
    "data_size": "Rows trained on",
}
_TOLD = {
    "prompts": "Version of each prompt",
    "embedder": "Embedder",
    "seeds": "Seeds",
    "split_hash": "Hash of the split",
    "questions": "Questions",
    "training": "Questions to take examples from",
    "left_out": "Left out",
    "trained": "Trained",
    "code": "Version of the code",
    "python": "Python",
    "versions": "Libraries",
    "asked_on": "Asked on",
    "note": "Note",
}


def show(run: Run) -> None:
    """Draw all of it, behind a click."""
    with st.expander("What these figures come from", icon=":material/receipt_long:"):
        listed = list(facts(run))
        st.dataframe(
            pd.DataFrame(
                {"What": [name for name, _ in listed], "Is": [value for _, value in listed]}
            ),
            hide_index=True,
            height="content",
        )
        if run.provenance is None:
            st.caption("Versions and hashes follow when the run is complete.")


def facts(run: Run) -> Iterator[tuple[str, str]]:
    """Everything that is kept of a run beside its figures, as people read it."""
    yield from _named({name: getattr(run, name) for name in _FIRST}, _FIRST)
    yield from _named(run.provenance or {}, _TOLD)
    for name, value in run.plan.items():
        if name not in _FIRST:
            yield name.replace("_", " ").capitalize(), _said(value)


def _named(known: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, title in titles.items():
        if known.get(name) not in (None, "", {}):
            yield title, _said(known[name])


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return text.plain(
            ", ".join(f"{key} {_said(each)}" for key, each in value.items()), limit=1_000
        )
    if isinstance(value, list | tuple):
        return text.plain(", ".join(map(_said, value)), limit=1_000)
    shown = value if isinstance(value, str) else json.dumps(value)
    return text.plain(shown, limit=400)

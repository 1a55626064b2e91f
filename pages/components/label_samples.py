"""Sixty candidates for the sample APIs, good and bad, so that a first start has some to label."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.labeling.sheet import load_sheet
from core.store.candidates import count_candidates
from pages.components import resources

SAMPLES = Path(__file__).parents[2] / "examples" / "candidates.jsonl"
POOL = SAMPLES.name


def add() -> None:
    """Bring the samples into the workspace."""
    load_sheet(resources.store(), POOL, SAMPLES.read_bytes())


@st.cache_resource(show_spinner=False)
def offer() -> None:
    """Bring them in where there are no candidates at all, once."""
    if not count_candidates(resources.store()):
        add()

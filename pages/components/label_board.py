"""The figures of agreement, worked out from the labels as they are."""

from __future__ import annotations

import streamlit as st

from core.labeling.board import Board, board_of
from core.store.adjudications import final_labels
from core.store.judge_verdicts import last_verdict
from core.store.label_actions import last_action
from pages.components import resources


def board(pool: str) -> Board:
    """The figures of what came with a pool, or of all; worked out when something has changed."""
    store = resources.store()
    decided_at = max((decided.at for decided in final_labels(store).values()), default=0.0)
    return _board(pool, last_action(store), last_verdict(store), decided_at)


@st.cache_resource(show_spinner="Comparing …", max_entries=4)
def _board(pool: str, action: int, verdict_at: float, decided_at: float) -> Board:
    return board_of(resources.store(), pool)

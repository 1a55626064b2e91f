"""Choices that the address of a page holds by their key, and not by the words that people read.

``bind="query-params"`` writes what is shown; where that changes, or is long, a link would break.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def selectbox(
    where: DeltaGenerator,
    label: str,
    options: Sequence[str],
    *,
    key: str,
    format_func: Callable[[str], str],
) -> str:
    """Draw a choice of one; ``key`` is its name in the address, in the session too."""
    _take(key, options)
    return _put(key, where.selectbox(label, options, key=key, format_func=format_func))


def segmented_control(
    label: str, options: Sequence[str], *, key: str, format_func: Callable[[str], str]
) -> str:
    """Draw a choice of one as buttons in a row, without its label."""
    _take(key, options)
    chosen = st.segmented_control(
        label,
        options,
        key=key,
        format_func=format_func,
        required=True,
        label_visibility="collapsed",
    )
    return _put(key, chosen)


def _take(key: str, options: Sequence[str]) -> None:
    if st.session_state.get(key) not in options:
        asked = st.query_params.get(key, "")
        st.session_state[key] = asked if asked in options else options[0]


def _put(key: str, chosen: str) -> str:
    if st.query_params.get(key) != chosen:
        st.query_params[key] = chosen
    return chosen

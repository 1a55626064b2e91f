"""What somebody labels, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.labeling.queue import OPERATIONS, ORDERS, QueueChoice
from pages.components import label_filter


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see, and how."""

    choice: QueueChoice
    overlap: int
    """What so many others have labelled is left out; 0 for nothing."""
    with_judges: bool


def show() -> Wanted:
    """Draw what is labelled, and in which order."""
    with st.popover("Order", icon=":material/sort:"):
        order = st.selectbox(
            "Order",
            list(ORDERS),
            format_func=lambda name: ORDERS[name].title,
            key="order",
            bind="query-params",
        )
        pool = label_filter.show_pool()
        size = _number(
            "Operations in the sample",
            OPERATIONS,
            "API Pack had the candidates of 121 operations labelled by hand.",
            1,
            disabled=order != "sample",
        )
        seed = _number("Seed", 1, "The same seed draws the same candidates for everybody.")
        overlap = _number(
            "People per candidate",
            0,
            "What so many others have labelled is left out. 0: everybody labels everything.",
        )
        with_judges = st.toggle(
            "Show what judges say",
            key="labels_judges",
            persist_state="session",
            help="Off, so that people and judges say what they say independently of each other.",
        )
    return Wanted(QueueChoice(order, pool, seed, size), overlap, with_judges)


def _number(label: str, value: int, about: str, least: int = 0, *, disabled: bool = False) -> int:
    return int(
        st.number_input(
            label,
            min_value=least,
            value=value,
            help=about,
            disabled=disabled,
            key=f"labels_{label}",
            persist_state="session",
        )
    )

"""What came of all votes: win rates, and how often the verdicts say the same."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.comparison import agreement, standings
from core.store.comparisons import list_comparisons
from core.store.database import Store
from pages.components import text


def show(store: Store) -> None:
    """Draw the standings of every pair of engines that anybody has voted on."""
    votes = list_comparisons(store)
    if not votes:
        st.caption("Win rates appear here with the first vote.")
        return
    st.subheader("Votes so far", anchor=False)
    rows = standings(votes)
    st.dataframe(
        pd.DataFrame(
            {
                "Engine": [text.plain(row.engine, limit=60) for row in rows],
                "Against": [text.plain(row.other, limit=60) for row in rows],
                "Wins": [row.wins for row in rows],
                "Losses": [row.losses for row in rows],
                "Both good": [row.ties for row in rows],
                "Both bad": [row.both_bad for row in rows],
                "Win rate": [_share(row.rate, row.interval) for row in rows],
            }
        ),
        hide_index=True,
    )
    found = agreement(votes)
    if found.total:
        share = _share(found.hits / found.total, found.interval)
        st.caption(
            f"Votes say what the verdicts say in {found.hits:,} of {found.total:,} cases: {share} "
            f"%, with a 95 % interval. "
            f"Blind: {sum(vote.is_blind for vote in votes):,} of {len(votes):,}."
        )


def _share(value: float, interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{100 * value:.1f} ({100 * low:.1f}-{100 * high:.1f})"

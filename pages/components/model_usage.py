"""What language models have read and written, as a table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from core.models.cache import Usage
from pages.components import text


def show(used: Iterable[tuple[str, Usage, float]]) -> None:
    """Draw what was asked under each name of a step, and what it cost."""
    rows = [
        {
            "Step": text.plain(step, limit=100),
            "Model": text.plain(usage.model, limit=100),
            "Asked": usage.calls,
            "Kept answers": usage.kept,
            "Failed": usage.failures,
            "Tokens read": usage.prompt_tokens,
            "Tokens written": usage.completion_tokens,
            "Seconds": usage.seconds,
            "Cost": cost,
        }
        for step, usage, cost in used
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "Seconds": st.column_config.NumberColumn(format="%.1f"),
            "Cost": st.column_config.NumberColumn(format="%.4f"),
        },
    )

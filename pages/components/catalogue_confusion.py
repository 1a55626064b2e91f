"""What was said where something else was wanted: a heat map."""

from __future__ import annotations

from collections import Counter

import altair as alt
import pandas as pd
import streamlit as st

from pages.components import text
from pipeline.classify import Level, Run

_OTHER, _NONE = "another function", "no answer"
_MOST = 40
"""Labels that a map can show; the ones most often confused."""


def show(run: Run, level: Level) -> None:
    """Draw the map of one run."""
    cells = confusion(run, level)
    if not cells:
        return
    order = list(dict.fromkeys(wanted for wanted, _ in cells))
    others = [name for name in (_OTHER, _NONE) if any(said == name for _, said in cells)]
    totals = Counter[str]()
    for (wanted, _), count in cells.items():
        totals[wanted] += count
    frame = pd.DataFrame(
        {
            "wanted": wanted,
            "said": said,
            "count": count,
            "share": count / totals[wanted],
            "is": "right" if wanted == said else "wrong",
        }
        for (wanted, said), count in cells.items()
    )
    places = {
        "x": alt.X("said:N", sort=[*order, *others], title="said", axis=alt.Axis(labelAngle=-40)),
        "y": alt.Y("wanted:N", sort=order, title="wanted"),
    }
    cell = (
        alt.Chart(frame)
        .mark_rect(cornerRadius=3)
        .encode(
            **places,
            color=alt.Color(
                "is:N",
                scale=alt.Scale(domain=["right", "wrong"], range=["#0f8a80", "#d9822b"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            opacity=alt.Opacity(
                "share:Q", scale=alt.Scale(domain=[0, 1], range=[0.65, 1]), legend=None
            ),
            tooltip=["wanted", "said", "count", alt.Tooltip("share", format=".0%")],
        )
    )
    number = (
        alt.Chart(frame)
        .mark_text(fontWeight="bold", color="white")
        .encode(**places, text="count:Q")
    )
    st.altair_chart((cell + number).properties(height=max(240, 30 * len(order) + 120)))
    if len({wanted for wanted, _ in run.confusion(level)}) > _MOST:
        st.caption(f"The {_MOST} that are confused most often.")


def confusion(run: Run, level: Level) -> dict[tuple[str, str], int]:
    """The cells by what was wanted and said; what fills the catalogue up is one column."""
    found = run.confusion(level)
    wrong = Counter[str]()
    for (wanted, said), count in found.items():
        wrong[wanted] += count * (wanted != said)
    all_wanted = list(dict.fromkeys(wanted for wanted, _ in found))
    most = set(sorted(all_wanted, key=lambda name: -wrong[name])[:_MOST])
    cells: Counter[tuple[str, str]] = Counter()
    for (wanted, said), count in found.items():
        if wanted in most:
            shown = said if said in most else _OTHER if said else _NONE
            cells[text.plain(wanted, limit=40), text.plain(shown, limit=40)] += count
    return dict(cells)

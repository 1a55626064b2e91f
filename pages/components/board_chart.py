"""Boards as pictures: bars with their intervals, a heat map of languages, calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.metrics.measure import CALIBRATION, title_of
from core.parse import LANGUAGES
from core.store.database import Store
from core.store.runs import ALL, CellFigure, figures_of
from pages.components import text
from pages.components.board_choice import BoardChoice
from pipeline.evaluation.board import SHORT_LEVELS, BoardRow, is_share, shown

_MOST_ROWS = 12
"""Engines that a picture can tell apart."""


def show_levels(rows: Sequence[BoardRow], choice: BoardChoice) -> None:
    """Draw a bar with its interval for each engine and level; its own menu saves it as a PNG."""
    drawn = [row for row in rows[:_MOST_ROWS] if any(level for level in row.cells)]
    if not drawn:
        return
    figure = go.Figure([_bars(row, choice) for row in reversed(drawn)])
    figure.update_layout(
        barmode="group",
        height=80 + 3 * (24 * len(drawn) + 14) + 22 * len(drawn),
        margin={"l": 0, "r": 10, "t": 10, "b": 0},
        legend={"orientation": "h", "yanchor": "top", "y": -0.2, "traceorder": "reversed"},
        xaxis_title=title_of(choice.measure) + (" (%)" if is_share(choice.measure) else ""),
        yaxis={"autorange": "reversed"},
    )
    if is_share(choice.measure):
        figure.update_xaxes(range=[0, 100])
    saved = {"format": "png", "filename": f"board-{choice.measure}", "scale": 2}
    st.plotly_chart(
        figure, key="board_bars", config={"displaylogo": False, "toImageButtonOptions": saved}
    )


def _bars(row: BoardRow, choice: BoardChoice) -> go.Bar:
    factor = 100 if is_share(choice.measure) else 1
    levels = [level for level in sorted(row.cells) if level]
    figures = [row.cells[level] for level in levels]
    return go.Bar(
        name=name_of(row),
        orientation="h",
        y=[SHORT_LEVELS[level] for level in levels],
        x=[factor * figure.value for figure in figures],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [factor * (figure.high - figure.value) for figure in figures],
            "arrayminus": [factor * (figure.value - figure.low) for figure in figures],
            "color": "#808495",
        },
        customdata=[[shown(figure), figure.count] for figure in figures],
        hovertemplate="%{y}: %{customdata[0]}, n = %{customdata[1]}",
    )


def show_languages(
    rows: Sequence[BoardRow],
    figures: Mapping[int, Sequence[CellFigure]],
    choice: BoardChoice,
) -> None:
    """Draw languages against engines as colours, for each level."""
    listed = [
        {
            "Engine": name_of(row),
            "Level": SHORT_LEVELS[figure.level],
            "Language": LANGUAGES[figure.language].title,
            "value": figure.value,
            "shown": shown(figure),
            "n": figure.count,
        }
        for row in rows[:_MOST_ROWS]
        for figure in figures.get(row.run.id, ())
        if figure.language != ALL and figure.naming == choice.naming and figure.level
    ]
    if len({each["Language"] for each in listed}) < 2:
        return
    with st.expander("By language", icon=":material/grid_on:"):
        data = pd.DataFrame(listed)
        scale: dict[str, Any] = {"domain": [0, 1]} if is_share(choice.measure) else {}
        chart = (
            alt.Chart(data)
            .mark_rect()
            .encode(
                x=alt.X("Language:N", title=None),
                y=alt.Y("Engine:N", title=None, axis=alt.Axis(labelLimit=260)),
                color=alt.Color(
                    "value:Q",
                    scale=alt.Scale(scheme="viridis", **scale),
                    title=title_of(choice.measure),
                ),
                tooltip=["Engine", "Level", "Language", alt.Tooltip("shown", title="value"), "n"],
            )
            .properties(height=26 * data["Engine"].nunique())
            .facet(row=alt.Row("Level:N", title=None))
        )
        st.altair_chart(chart, key="board_heat")


def show_calibration(store: Store, rows: Sequence[BoardRow]) -> None:
    """Draw how often answers of one confidence call the wanted operation."""
    figures = figures_of(store, list(CALIBRATION), languages=[ALL])
    listed = [
        {
            "Engine": name_of(row),
            "Level": SHORT_LEVELS[figure.level],
            "confidence": CALIBRATION[figure.measure] / 100,
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "n": figure.count,
        }
        for row in rows[:_MOST_ROWS]
        for figure in figures.get(row.run.id, ())
    ]
    if not listed:
        st.caption("No engine with a confidence was measured yet. Run the grounded one.")
        return
    percent = alt.Axis(format="%")
    base = alt.Chart(pd.DataFrame(listed)).encode(
        x=alt.X("confidence:Q", scale=alt.Scale(domain=[0, 1]), axis=percent, title="Confidence"),
        color=alt.Color("Engine:N", legend=alt.Legend(orient="bottom", columns=1, labelLimit=400)),
    )
    value = alt.Y("value:Q", scale=alt.Scale(domain=[0, 1]), axis=percent, title="Right operation")
    lines = base.mark_line(point=True).encode(y=value, tooltip=["Engine", "Level", "value", "n"])
    intervals = base.mark_rule(opacity=0.5).encode(y=alt.Y("low:Q", axis=percent), y2="high:Q")
    diagonal = base.mark_line(strokeDash=[4, 4]).encode(
        y=alt.Y("confidence:Q", axis=percent), color=alt.value("#808495")
    )
    chart = alt.layer(diagonal, intervals, lines).properties(height=260, width=260)
    st.altair_chart(chart.facet(column=alt.Column("Level:N", title=None)), key="board_calibration")
    st.caption("On the dashed line, answers are right as often as they say they are.")


def legend_height(num_lines: int) -> int:
    """Pixels that axis and legend take below a picture: its height is told with both."""
    return 90 + 20 * num_lines


def name_of(row: BoardRow) -> str:
    """An engine with its setting, as plain text."""
    return text.plain(f"{row.engine} · {row.setting} · {row.test_set}", limit=90)

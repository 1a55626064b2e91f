"""Curves of training runs: what they lose, how often they are right, how fast they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from train.metrics import Measured

Curves = Mapping[str, Sequence[Measured]]
"""What was measured, by the name of the run."""
_HEIGHT = 260
_COLORS = ["#0f8a80", "#d9822b", "#7b5ea7", "#c2455c", "#3f7fbf", "#8a8d3f"]
_TRAINING, _HELD_BACK = "training", "held back"
_SPEEDS = {
    "learning_rate": "learning rate",
    "tokens_per_second": "tokens per second",
    "device_seconds_per_example": "seconds per example",
}


def show(curves: Curves, key: str) -> None:
    """Draw losses beside levels, and speed below them."""
    left, right = st.columns(2)
    with left:
        _show_losses(curves, key)
    with right:
        _show_levels(curves, key)
    with st.expander("Learning rate and speed", icon=":material/speed:"):
        for column, (name, title) in zip(st.columns(len(_SPEEDS)), _SPEEDS.items(), strict=True):
            with column:
                _show_speed(curves, name, title, key)


def _show_losses(curves: Curves, key: str) -> None:
    st.markdown("**Loss**")
    rows = [
        {"run": run, "step": each.step, "of": what, "loss": loss}
        for run, found in curves.items()
        for each in found
        for what, loss in ((_TRAINING, each.loss), (_HELD_BACK, each.eval_loss))
        if loss is not None
    ]
    if not rows:
        st.caption("The first point comes after a few steps.")
        return
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(point={"size": 18})
        .encode(
            x=_steps(curves),
            y=alt.Y("loss:Q", title=None, scale=alt.Scale(zero=False)),
            color=_by_run(curves),
            strokeDash=alt.StrokeDash(
                "of:N",
                scale=alt.Scale(domain=[_TRAINING, _HELD_BACK], range=[[1, 0], [5, 4]]),
                legend=_legend() if any(row["of"] == _HELD_BACK for row in rows) else None,
            ),
            tooltip=["run", "of", "step", alt.Tooltip("loss", format=".4f")],
        )
        .properties(height=_HEIGHT)
    )
    st.altair_chart(chart, key=f"{key}_loss")


def _show_levels(curves: Curves, key: str) -> None:
    st.markdown("**Right calls**, by level")
    rows = [
        {
            "run": run,
            "step": each.step,
            "level": f"Level {level}",
            "right": figure.api_call,
            "low": figure.low,
            "high": figure.high,
            "questions": figure.n,
        }
        for run, found in curves.items()
        for each in found
        for level, figure in sorted(each.levels.items())
    ]
    if not rows:
        st.caption("Nothing was asked of this model yet.")
        return
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=_steps(curves),
        color=alt.Color("level:N", scale=alt.Scale(range=_COLORS), legend=_legend()),
    )
    share = alt.Axis(format=".0%")
    line = base.mark_line(point=True).encode(
        y=alt.Y("right:Q", title=None, axis=share, scale=alt.Scale(domain=[0, 1])),
        strokeDash=alt.StrokeDash("run:N", legend=_legend() if len(curves) > 1 else None),
        tooltip=["run", "level", "step", alt.Tooltip("right", format=".1%"), "questions"],
    )
    span = base.mark_rule(strokeDash=[2, 3]).encode(y=alt.Y("low:Q"), y2="high:Q", detail="run:N")
    chart = alt.layer(span, line) if len(curves) == 1 else line
    st.altair_chart(chart.properties(height=_HEIGHT), key=f"{key}_levels")


def _show_speed(curves: Curves, name: str, title: str, key: str) -> None:
    rows = [
        {"run": run, "step": each.step, "value": value}
        for run, found in curves.items()
        for each in found
        if (value := getattr(each, name)) is not None
    ]
    st.markdown(f"**{title.capitalize()}**")
    if not rows:
        st.caption("Not measured.")
        return
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line()
        .encode(
            x=_steps(curves),
            y=alt.Y("value:Q", title=None),
            color=_by_run(curves),
            tooltip=["run", "step", alt.Tooltip("value", title=title, format=".3~g")],
        )
        .properties(height=160)
    )
    st.altair_chart(chart, key=f"{key}_{name}")


def _steps(curves: Curves) -> alt.X:
    """The same for every picture, from the first step to the last of the longest run."""
    longest = max((found[-1].of for found in curves.values() if found), default=1)
    return alt.X(
        "step:Q",
        title="step",
        axis=alt.Axis(tickMinStep=1),
        scale=alt.Scale(domain=[0, longest], nice=False),
    )


def _by_run(curves: Curves) -> alt.Color:
    return alt.Color(
        "run:N",
        scale=alt.Scale(domain=list(curves), range=_COLORS),
        legend=_legend() if len(curves) > 1 else None,
    )


def _legend() -> alt.Legend:
    return alt.Legend(orient="top", title=None)

"""Runs over catalogues as a table and as pictures: by engine and prompt, size and ambiguity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from pages.components import board_chart, text
from pipeline.chooser import ENGINES
from pipeline.classify import PUBLISHED, Outcome, Run, Share

HALVES = ("reported", "tuned", "both")
ORIGINS = {
    "hand": "written by people",
    "template": "from templates",
    "chat": "liked in the chat",
    "all": "all",
}
"""Whose questions are asked, as people read it."""

_AMBIGUITY: dict[str, Callable[[Outcome], bool]] = {
    "words decide": lambda each: each.rivals == 0,
    "1-2 rivals": lambda each: 0 < each.rivals < 3,
    "3 or more": lambda each: each.rivals >= 3,
}


def choose_half() -> str:
    """Draw the choice of what is counted; the address of the page holds it."""
    return st.segmented_control(
        "Half",
        HALVES,
        default="reported",
        required=True,
        key="half",
        bind="query-params",
        help="Questions of the tuned half may be looked at while working; the others are what is "
        "reported.",
    )


def newest(runs: Iterable[Run], half: str) -> list[Run]:
    """The newest run of each setup, of one half: those that say most first, small before large."""
    found: dict[tuple[object, ...], Run] = {}
    for run in runs:
        told = (run.setup.engine, run.prompt_version)
        found.setdefault((run.origins, told, run.size, run.embedder), run)
    return [_half(run, half) for run in sorted(found.values(), key=_place)]


def show(runs: Sequence[tuple[str, Run]]) -> None:
    """Draw a row for each run, with the name of its catalogue."""
    rows = [
        {
            "Engine": text.plain(run.setup.engine, limit=80),
            "Functions": run.size,
            "Asked": f"{len(run.outcomes):,} {writers(run)}",
            "Function right": _value(run.share("function")),
            "95 %": _interval(run.share("function")),
            **{kind: _value(_share(run, keep)) for kind, keep in _AMBIGUITY.items()},
            "Module right": _value(run.share("module")),
            "Arguments too": _value(run.entirely_right()),
            "By": "words, meaning" if run.embedder else "words",
            "Prompt": run.prompt_version[:8],
            "Catalogue": text.plain(name, limit=40),
        }
        for name, run in runs
    ]
    share = st.column_config.NumberColumn(format="%.3f")
    shares = ("Function right", "Module right", "Arguments too", *_AMBIGUITY)
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=dict.fromkeys(shares, share))
    elsewhere = ", ".join(f"{model} {value:.3f} ({level})" for model, level, value in PUBLISHED)
    st.caption(
        "*Words decide*: the question shares more words with the right function than with any "
        "other; rivals share as many. Questions from templates are easy: they say nothing of how "
        "people would fare, and a liked answer speaks for the engine that gave it. "
        f"From elsewhere, on another catalogue (arXiv 2409.11703): {elsewhere}."
    )


def show_charts(runs: Sequence[tuple[str, Run]]) -> None:
    """Draw how right engines are by the size of the catalogue, and by ambiguity."""
    names = _names(runs)
    by_size = [
        _point(name, run.size, run.share("function"))
        for name, (_, run) in zip(names, runs, strict=True)
    ]
    by_rivals = [
        _point(f"{name} among {run.size}", kind, found)
        for name, (_, run) in zip(names, runs, strict=True)
        for kind, keep in _AMBIGUITY.items()
        if (found := _share(run, keep)).total
    ]
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**By the number of functions**")
        _draw(by_size, "Q", alt.Scale(type="log", nice=False, padding=20), None)
    with right:
        st.markdown("**By ambiguity**")
        _draw(by_rivals, "O", alt.Undefined, list(_AMBIGUITY))


def writers(run: Run) -> str:
    """Whose questions a run was asked."""
    return text.plain(", ".join(ORIGINS.get(origin, origin) for origin in run.origins))


def _draw(points: list[dict[str, object]], kind: str, scale: object, order: object) -> None:
    """Lines with intervals."""
    if not points:
        return
    x = alt.X(f"at:{kind}", title=None, scale=scale, sort=order, axis=alt.Axis(labelAngle=0))
    percent = alt.Axis(format="%")
    base = alt.Chart(pd.DataFrame(points)).encode(
        x=x,
        color=alt.Color("Engine:N", legend=alt.Legend(orient="bottom", columns=1, labelLimit=360)),
    )
    value = alt.Y("value:Q", scale=alt.Scale(domain=[0, 1]), axis=percent, title="Function right")
    lines = base.mark_line(point=True).encode(y=value, tooltip=["Engine", "at", "shown", "n"])
    intervals = base.mark_rule(opacity=0.5).encode(y=alt.Y("low:Q", axis=percent), y2="high:Q")
    names = len({point["Engine"] for point in points})
    st.altair_chart(
        alt.layer(intervals, lines).properties(height=220 + board_chart.legend_height(names))
    )


def _names(runs: Sequence[tuple[str, Run]]) -> list[str]:
    """What tells the runs apart in a legend: engines, and what else is not the same for all."""
    said = [
        (run.setup.engine, "" if run.embedder else "words only", writers(run), name)
        for name, run in runs
    ]
    differs = [True, *(len({each[at] for each in said}) > 1 for at in (1, 2, 3))]
    return [
        ", ".join(word for word, is_said in zip(each, differs, strict=True) if word and is_said)
        for each in said
    ]


def _point(name: str, at: object, found: Share) -> dict[str, object]:
    low, high = found.interval
    return {
        "Engine": text.plain(name, limit=90),
        "at": at,
        "value": found.value,
        "low": low,
        "high": high,
        "shown": str(found),
        "n": found.total,
    }


def _place(run: Run) -> tuple[object, ...]:
    names = list(ENGINES)
    engine = names.index(run.setup.engine) if run.setup.engine in names else len(names)
    return run.origins != ("hand",), not run.embedder, engine, run.setup.engine, run.size


def _half(run: Run, half: str) -> Run:
    if half == "both":
        return run
    return run.where(lambda each: each.is_tuned is (half == "tuned"))


def _share(run: Run, keep: Callable[[Outcome], bool]) -> Share:
    return run.where(keep).share("function")


def _value(share: Share) -> float | None:
    return share.value if share.total else None


def _interval(share: Share) -> str:
    low, high = share.interval
    return f"{low:.2f}-{high:.2f}"

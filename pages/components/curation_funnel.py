"""What each filter lets through, drawn; the rows that were lost at one of them are a click away."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from pages.components import curation_job, curation_lost, text
from pipeline.dataset import Dataset
from pipeline.drop import FILTERS
from pipeline.funnel import Bar, funnel, stages

_ALL = "All sources"
_SECONDS = 2
_CLICKED = "curation_clicked"
_ROW_HEIGHT = 46
_KEPT, _LOST = "goes on", "is lost"


def show(dataset: Dataset) -> None:
    """Draw the funnel, live while the dataset is being made, and what was lost."""
    job = curation_job.latest(dataset.name)
    is_busy = job is not None and not job.is_over
    if job and is_busy:
        curation_job.show(job)
    bars = funnel(dataset)
    if not bars:
        st.caption(
            "Nothing is counted yet. What the first step leaves out shows here as it goes on."
            if is_busy
            else "Nothing is counted yet. Bring the dataset up to date under *Overview*."
        )
    sources = sorted({bar.source for bar in bars})
    source = _ALL
    if len(sources) > 1:
        source = st.selectbox(
            "Source", [_ALL, *sources], key="source", bind="query-params", format_func=text.plain
        )
    wanted = "" if source == _ALL else source
    st.fragment(_show_live, run_every=_SECONDS if is_busy else None)(dataset, wanted, is_busy)
    if bars:
        curation_lost.show(dataset, summed(bars, wanted), wanted)


def summed(bars: Sequence[Bar], source: str) -> list[Bar]:
    """The bars of one source, or over all where none is named."""
    if source:
        return [bar for bar in bars if bar.source == source]
    found: dict[str, Bar] = {}
    for bar in bars:
        other = found.get(bar.filter, Bar(bar.filter, "", 0, 0))
        found[bar.filter] = Bar(bar.filter, "", other.before + bar.before, other.lost + bar.lost)
    return [found[name] for name in FILTERS if name in found]


def _show_live(dataset: Dataset, source: str, was_busy: bool) -> None:
    bars = funnel(dataset)
    if bars:
        st.altair_chart(
            _chart(summed(bars, source)),
            key="curation_bars",
            on_select=_open_clicked,
            selection_mode="bar",
        )
        if st.session_state.pop(_CLICKED, False):
            st.rerun()  # what was lost stands outside of this fragment
        st.caption("Click a bar to see what was lost there.")
        _show_tables(dataset, bars)
    if was_busy and not curation_job.is_busy(dataset.name):
        st.rerun()


def _open_clicked() -> None:
    """Open what the clicked bar lost."""
    picked = st.session_state["curation_bars"].selection.get("bar", [])
    if picked:
        st.session_state[curation_lost.KEY] = picked[0]["filter"]
        st.session_state[_CLICKED] = True


def _chart(bars: Sequence[Bar]) -> alt.LayerChart:
    rows = [
        {
            "filter": bar.filter,
            "title": f"{FILTERS[bar.filter].step}: {FILTERS[bar.filter].title}",
            "figures": _figures(bar),
            "what": what,
            "count": count,
            "share": count / bar.before,
        }
        for bar in bars
        for what, count in ((_KEPT, bar.after), (_LOST, bar.lost))
    ]
    clicked = alt.selection_point(name="bar", fields=["filter"], on="click")
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=alt.Y("filter:N", sort=[bar.filter for bar in bars], axis=None)
    )
    bar = (
        base.mark_bar(size=14, yOffset=9, cursor="pointer")
        .encode(
            x=alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 1])),
            color=alt.Color(
                "what:N",
                scale=alt.Scale(domain=[_KEPT, _LOST], range=["#0f8a80", "#d9822b"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            order=alt.Order("what:N"),
            tooltip=["title", "figures", "what", "count", alt.Tooltip("share", format=".2%")],
        )
        .add_params(clicked)
    )
    words = base.transform_filter(alt.datum.what == _KEPT)
    said = words.mark_text(align="left", dy=-8, color="#808495").encode(
        x=alt.value(0), text="title:N"
    )
    figures = words.mark_text(align="right", dy=-8, fontWeight="bold", color="#808495").encode(
        x=alt.value("width"), text="figures:N"
    )
    return alt.layer(bar, said, figures).properties(height=_ROW_HEIGHT * len(bars))


def _figures(bar: Bar) -> str:
    """``237 − 2 = 235 operations``, or only what goes on where nothing was lost."""
    lost = f"{bar.before:,} − {bar.lost:,} = " if bar.lost else ""
    return f"{lost}{bar.after:,} {FILTERS[bar.filter].unit}"


def _show_tables(dataset: Dataset, bars: Sequence[Bar]) -> None:
    """Draw what the paper's Tables 2 and 5 count, and each filter by source."""
    with st.expander("As a table: what is left after each step", icon=":material/table:"):
        st.dataframe(
            pd.DataFrame(
                {
                    "After": each.step,
                    "Source": text.plain(each.source) or _ALL,
                    "APIs": each.apis,
                    "Operations": each.operations,
                    "Calls": each.calls,
                }
                for each in stages(dataset)
            ),
            hide_index=True,
        )
        st.dataframe(
            pd.DataFrame(
                {
                    "Step": FILTERS[bar.filter].step,
                    "Filter": FILTERS[bar.filter].title,
                    "Source": text.plain(bar.source),
                    "Counts": FILTERS[bar.filter].unit,
                    "Before": bar.before,
                    "Lost": bar.lost,
                    "After": bar.after,
                }
                for bar in bars
            ),
            hide_index=True,
        )
        st.caption(
            "The first table is that of the paper (arXiv 2402.09615, Tables 2 and 5): APIs, "
            "endpoints and instances by source. A call is an operation in one language."
        )

"""What a filter has dropped, row by row, with the reason; a person may keep it anyway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import pandas as pd
import streamlit as st

from pages.components import address, curation_job, job_view, text
from pipeline.dataset import Dataset, keep_anyway, kept_keys
from pipeline.drop import FILTERS
from pipeline.funnel import Bar, Lost, losses

KEY = "lost"
"""The filter that is opened, in addresses and in the session."""
_LISTED = 200


def show(dataset: Dataset, bars: Sequence[Bar], source: str) -> None:
    """Draw the choice of a filter that has dropped something, and what it dropped."""
    lost = {bar.filter: bar.lost for bar in bars if bar.lost}
    _show_kept(dataset)
    if not lost:
        st.caption("Nothing was lost.")
        return
    st.subheader("What was lost", anchor=False)
    left, right = st.columns(2, vertical_alignment="bottom")
    filter_ = address.selectbox(left, "Lost at", list(lost), key=KEY, format_func=_named)
    words = right.text_input(
        "Filter", key="lost_words", placeholder="Label, reason or text", icon=":material/search:",
        label_visibility="collapsed", live="300ms",
    )  # fmt: skip
    found = list(islice(_with(words or "", losses(dataset, filter_, source or None)), _LISTED))
    if not found:
        st.caption("None has these words.")
        return
    event = st.dataframe(
        pd.DataFrame(
            {
                "What": text.plain(each.drop.label, limit=120),
                "Reason": text.plain(each.drop.reason, limit=200),
                "Source": text.plain(each.drop.source, limit=40),
            }
            for each in found
        ),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [0]}},
        key=f"lost_rows_{filter_}",
    )
    if lost[filter_] > len(found) and len(found) == _LISTED:
        st.caption(f"The first {_LISTED:,} of {job_view.counted(lost[filter_], 'row')}.")
    rows = event.selection.rows
    _show_row(dataset, found[rows[0] if rows and rows[0] < len(found) else 0])


def _named(name: str) -> str:
    return f"{FILTERS[name].step}: {FILTERS[name].title}"


def _with(words: str, found: Iterable[Lost]) -> Iterator[Lost]:
    """Those that hold all of these words."""
    wanted = words.casefold().split()
    for each in found:
        said = f"{each.drop.label} {each.drop.reason} {each.drop.text}".casefold()
        if all(word in said for word in wanted):
            yield each


def _show_row(dataset: Dataset, lost: Lost) -> None:
    """Draw one row, and the way to keep it."""
    drop, filter_ = lost.drop, FILTERS[lost.drop.filter]
    with st.container(border=True):
        st.markdown(f"**{text.escape(drop.label)}** :orange-badge[{filter_.title}]")
        st.write(text.escape(drop.reason, limit=800))
        if drop.text:
            st.code(text.paragraph(drop.text, limit=4_000), language=None, wrap_lines=True)
        if not filter_.can_keep:
            return
        is_kept = drop.key in kept_keys(dataset, filter_.step)
        st.button(
            "Leave it out again" if is_kept else "Keep it anyway",
            icon=":material/undo:" if is_kept else ":material/add_task:",
            on_click=_keep,
            args=(dataset, filter_.step, lost.part, drop.key, not is_kept),
        )


def _keep(dataset: Dataset, step: str, part: str, key: str, keep: bool) -> None:
    keep_anyway(dataset, step, part, key, keep=keep)


def _show_kept(dataset: Dataset) -> None:
    """Draw what is kept against the filters, and the way to make the dataset so."""
    kept = [
        (step, key)
        for step in dict.fromkeys(filter_.step for filter_ in FILTERS.values())
        for key in sorted(kept_keys(dataset, step))
    ]
    if not kept:
        return
    with st.expander(f"Kept anyway ({len(kept):,})", icon=":material/add_task:", expanded=True):
        for step, key in kept[:_LISTED]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{step} {text.code(key.rpartition('#')[2], limit=120)}")
                st.button(
                    "Leave it out again",
                    key=f"unkeep_{step}_{key}",
                    type="tertiary",
                    icon=":material/undo:",
                    on_click=_keep,
                    args=(dataset, step, "", key, False),
                )
        if not curation_job.is_busy(dataset.name):
            st.caption("What is kept counts from the next run on.")
            if st.button("Run again", icon=":material/play_arrow:"):
                curation_job.begin(dataset.name)

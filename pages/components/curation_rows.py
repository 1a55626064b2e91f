"""The rows of an exported version: filtered, paged, and one opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core.candidate import REASONS
from core.parse import LANGUAGES
from pages.components import address, job_view, text
from pipeline.browse import Found, find_rows
from pipeline.dataset import Dataset, Version, versions_of
from pipeline.row import LEVELS, SPLITS, DatasetRow

_PAGE = 50
_ANY = "Anybody"
_LAST = "rows_wanted"
_LEVELS = (
    "Training",
    "Level 1: seen operation, new words",
    "Level 2: unseen operation of a seen API",
    "Level 3: unseen API",
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the filters say."""

    version: str
    split: str
    language: str
    provenance: str
    words: str


def show(dataset: Dataset) -> None:
    """Draw the filters, a page of rows, and the one that is chosen."""
    versions = {version.name: version for version in versions_of(dataset)}
    if not versions:
        st.caption("There are no rows yet: the step *export* writes them in the end.")
        return
    wanted = _show_filter(versions)
    page = st.session_state.get("rows_page", 1) if wanted == st.session_state.get(_LAST) else 1
    st.session_state[_LAST] = wanted
    found = find_rows(
        versions[wanted.version].path,
        wanted.split,
        wanted.language,
        words=wanted.words,
        provenance=wanted.provenance,
        start=_PAGE * (page - 1),
        count=_PAGE,
    )
    if not found.rows:
        st.caption("No row has these words." if wanted.words else "No row is like that.")
        return
    _show_table(found)
    if found.total > _PAGE:
        st.session_state["rows_page"] = page
        st.number_input("Page", 1, -(-found.total // _PAGE), key="rows_page", width=160)


def _show_filter(versions: Mapping[str, Version]) -> _Wanted:
    first, second, third = st.columns(3)
    name = address.selectbox(first, "Version", list(versions), key="version", format_func=str)
    rows = versions[name].manifest["rows"]
    languages = [each for each in versions[name].manifest["recipe"]["languages"] if each in rows]
    language = address.selectbox(
        second,
        "Language",
        languages,
        key="language",
        format_func=lambda each: LANGUAGES[each].title,
    )
    splits = [split for split in SPLITS if rows[language].get(split)]
    split = address.selectbox(
        third,
        "Level",
        splits,
        key="split",
        format_func=lambda each: f"{_LEVELS[LEVELS[each]]} ({rows[language][each]:,})",
    )
    left, right = st.columns([1, 2])
    everybody = find_rows(versions[name].path, split, language, count=0).provenances
    provenance = left.selectbox(
        "Instruction written by",
        [_ANY, *everybody],
        format_func=lambda each: text.plain(each),
    )
    words = right.text_input(
        "Words",
        key="words",
        bind="query-params",
        placeholder="Instruction, API or path",
        icon=":material/search:",
        live="300ms",
    )
    return _Wanted(name, split, language, "" if provenance == _ANY else provenance, words or "")


def _show_table(found: Found) -> None:
    event = st.dataframe(
        pd.DataFrame(
            {
                "Instruction": text.plain(row.instruction),
                "API": text.plain(row.api_name, limit=60),
                "Operation": text.plain(f"{row.method} {row.path}", limit=120),
                "Written by": text.plain(row.provenance, limit=60),
                "Call": row.origin,
            }
            for row in found.rows
        ),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [0]}},
        key="rows_table",
        height=min(38 + 35 * len(found.rows), 390),
        column_config={"Instruction": st.column_config.TextColumn(width="large")},
    )
    st.caption(job_view.counted(found.total, "row"))
    chosen = event.selection.rows
    _show_row(found.rows[chosen[0] if chosen and chosen[0] < len(found.rows) else 0])


def _show_row(row: DatasetRow) -> None:
    with st.container(border=True):
        st.markdown(f"**{text.escape(row.instruction, limit=1_000)}**")
        if row.instruction_test:
            st.caption(f"In other words: {text.escape(row.instruction_test, limit=1_000)}")
        st.code(row.api_call, language=None, wrap_lines=True)
        st.caption(
            f"{text.escape(row.api_name, limit=80)} · {text.method(row.method)} "
            f"{text.code(row.path)} · {text.escape(row.client)} · call {row.origin} · "
            f"instruction by {text.escape(row.provenance)} · "
            + ("may be reported" if row.reportable else "never reported: a template wrote it")
        )
        if row.instruction_candidates:
            st.dataframe(
                pd.DataFrame(
                    {
                        "Candidate": text.plain(each.candidate),
                        "Label": each.label,
                        "Reasons": ", ".join(REASONS.get(key, key) for key in each.reasons),
                        "Score": each.score,
                        "Judge": text.plain(each.judge, limit=60),
                    }
                    for each in row.instruction_candidates
                ),
                hide_index=True,
            )

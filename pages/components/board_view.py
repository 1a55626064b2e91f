"""Boards shaped like the paper's tables and figures: its numbers, those of its logs, and ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from core.parse import LANGUAGES
from core.store.database import Store
from core.store.runs import ALL, CellFigure, Run, figures_of
from pages.components import board_chart, board_functions, text
from pipeline.evaluation.board import SHORT_LEVELS, board_rows
from pipeline.evaluation.reference import Reference, references_of

BOARD = "Board"
CALIBRATION = "Calibration"
FUNCTIONS = "Functions"
_VIEWS = {
    "Table 3": "table-3",
    "Table 7": "table-7",
    "Figure 3": "figure-3",
    "Figure 4": "figure-4",
    "Figure 6": "figure-6",
}
_ABOUT = {
    "table-3": "Models trained on 20,000 Python rows, tested in Python with the API given.",
    "table-7": "Three ways to choose the three examples of a prompt, with the API given.",
    "figure-3": "Accuracy against the number of training rows, by level.",
    "figure-4": "Models of one language and of a mixture, tested in three languages.",
    "figure-6": "Three-shot accuracy at Level 3 in ten languages.",
}
_OURS = "measured here"


def choose() -> str:
    """Draw the choice of view; the address of the page holds it."""
    return st.segmented_control(
        "View",
        [BOARD, *_VIEWS, CALIBRATION, FUNCTIONS],
        default=BOARD,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
        required=True,
    )


def show(view: str, store: Store, runs: Sequence[Run]) -> None:
    """Draw a view other than the board."""
    if view == CALIBRATION:
        rows = board_rows(runs, {}, language=ALL, naming=ALL)
        board_chart.show_calibration(store, rows)
        return
    if view == FUNCTIONS:
        board_functions.show(store)
        return
    name = _VIEWS[view]
    st.caption(
        f"{_ABOUT[name]} Rows of the paper and of its repository's logs are from elsewhere: "
        "another test set, other models. Ours are of the questions that were asked here."
    )
    table = pd.DataFrame([*_ours(name, store, runs), *map(_reference, references_of(name))])
    if name.startswith("table"):
        _show_table(table)
    else:
        _DRAW[name](table)
        with st.expander("The numbers", icon=":material/table:"):
            _show_table(table)
    _show_notes(name)


def _reference(reference: Reference) -> dict[str, object]:
    size = f"{reference.data_size:,} rows" if reference.data_size else ""
    trained = " · ".join(filter(None, [reference.template, reference.mixture, size]))
    return {
        "Source": "paper" if reference.is_printed else "its logs",
        "Engine": reference.model,
        "Trained on": trained,
        "Testing": reference.testing,
        "Language": reference.language,
        "Level": reference.level,
        "Intent": reference.intent,
        "API call": reference.call,
        "Rows": reference.data_size,
        "Mixture": reference.mixture,
    }


def _ours(name: str, store: Store, runs: Sequence[Run]) -> Iterator[dict[str, object]]:
    """Our runs by the paper's scores."""
    measures = ["published_intent", "published_call"]
    figures = figures_of(store, measures, languages=_languages(name))
    for row in board_rows(runs, {}, language=ALL, naming=ALL):
        found: dict[tuple[str, int], dict[str, CellFigure]] = {}
        for figure in figures.get(row.run.id, ()):
            found.setdefault((figure.language, figure.level), {})[figure.measure] = figure
        for (language, level), cell in sorted(found.items()):
            if level and (name != "figure-6" or level == 3):
                yield {
                    "Source": _OURS,
                    "Engine": row.engine,
                    "Trained on": "" if row.is_trained else "not trained",
                    "Testing": row.setting,
                    "Language": language,
                    "Level": level,
                    "Intent": 100 * cell["published_intent"].value,
                    "API call": 100 * cell["published_call"].value,
                    "Rows": row.run.data_size,
                    "Mixture": row.run.mixture,
                }


def _languages(name: str) -> list[str]:
    if name == "figure-6":
        return list(LANGUAGES)
    return ["curl", "python", "java"] if name == "figure-4" else ["python"]


def _show_table(table: pd.DataFrame) -> None:
    """Levels across, as the paper has them."""
    keys = ["Source", "Engine", "Trained on", "Testing"]
    if table["Language"].nunique() > 1:
        keys.append("Language")
    wide = table.pivot_table(
        index=keys, columns="Level", values=["Intent", "API call"], aggfunc="first", sort=False
    )
    levels = sorted(table["Level"].unique())
    columns = [
        (score, level)
        for level in levels
        for score in ("Intent", "API call")
        if (score, level) in wide.columns
    ]
    shown = wide[columns].copy()
    shown.columns = [f"{SHORT_LEVELS[level]} {score}" for score, level in columns]
    st.dataframe(
        shown.reset_index(),
        hide_index=True,
        height="content",
        column_config={
            name: st.column_config.NumberColumn(format="%.1f") for name in shown.columns
        },
    )


def _show_sizes(table: pd.DataFrame) -> None:
    data = table.dropna(subset=["Rows", "API call"])
    chart = (
        alt.Chart(data)
        .mark_line(point=True)
        .encode(
            x=alt.X("Rows:Q", scale=alt.Scale(type="log"), title="Training rows"),
            y=alt.Y("API call:Q", title="API call accuracy (%)"),
            color=alt.Color("Testing:N", legend=alt.Legend(orient="bottom")),
            strokeDash=alt.StrokeDash("Language:N", legend=alt.Legend(orient="bottom")),
            tooltip=["Source", "Engine", "Trained on", "Testing", "Language", "Intent", "API call"],
        )
        .properties(width=270, height=260)
        .facet(column=alt.Column("Level:N", title="Level"))
    )
    st.altair_chart(chart, key="board_sizes")


def _show_languages(table: pd.DataFrame) -> None:
    data = table[(table["Level"] == 3) & (table["Testing"] != "0-shot")].copy()
    data["Series"] = [
        f"{text.plain(str(row['Engine']), limit=40)} · {row['Mixture'] or row['Testing']}"
        for _, row in data.iterrows()
    ]
    chart = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X("Language:N", title=None),
            xOffset="Series:N",
            y=alt.Y("API call:Q", title="API call accuracy, Level 3 (%)"),
            color=alt.Color(
                "Series:N", legend=alt.Legend(orient="bottom", columns=1, labelLimit=400)
            ),
            tooltip=["Source", "Series", "Language", "Intent", "API call"],
        )
        .properties(height=300 + board_chart.legend_height(data["Series"].nunique()))
    )
    st.altair_chart(chart, key="board_languages")


_DRAW = {"figure-3": _show_sizes, "figure-4": _show_languages, "figure-6": _show_languages}


def _show_notes(name: str) -> None:
    noted: dict[str, list[str]] = {}
    for each in references_of(name):
        if each.note:
            where = f"{each.model}, {each.testing}, level {each.level}"
            noted.setdefault(each.note, []).append(where)
    if noted:
        with st.expander("Where the logs contradict the print", icon=":material/rule:"):
            for note, places in noted.items():
                where = text.escape("; ".join(dict.fromkeys(places)), limit=400)
                st.caption(f"{text.escape(note)} ({where})")
    sources = dict.fromkeys(each.source for each in references_of(name))
    st.caption(f"Sources: {text.escape('; '.join(sources), limit=600)}")

"""A board as a table: engines down, levels across; a click on a cell opens its rows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.metrics.measure import WITHOUT_ANSWER, title_of
from pages.components import text
from pages.components.board_choice import BoardChoice
from pipeline.evaluation.board import LEVELS, SHORT_LEVELS, BoardRow, as_csv, as_markdown, shown


def levels_of(rows: Sequence[BoardRow], choice: BoardChoice) -> list[int]:
    """The levels across."""
    has_empty = choice.measure in WITHOUT_ANSWER and any(0 in row.cells for row in rows)
    return [1, 2, 3, *([0] if has_empty else [])]


def show(rows: Sequence[BoardRow], choice: BoardChoice) -> None:
    """Draw the table, and what it can be taken along as."""
    levels = levels_of(rows, choice)
    table = pd.DataFrame(
        {
            "Engine": [text.plain(row.engine, limit=60) for row in rows],
            "Setting": [text.plain(row.setting, limit=80) for row in rows],
            **{
                SHORT_LEVELS[level]: [shown(row.cells.get(level)) for row in rows]
                for level in levels
            },
            "Calls": [_calls(row) for row in rows],
            "Questions": [text.plain(row.test_set, limit=40) for row in rows],
            "Levels": ["trained" if row.is_trained else "not trained" for row in rows],
            "Run": [row.run.id for row in rows],
        }
    )
    config = {
        SHORT_LEVELS[level]: st.column_config.TextColumn(
            width=150, help=f"{LEVELS[level]}. Click a cell to see its rows."
        )
        for level in levels
    }
    config["Levels"] = st.column_config.TextColumn(
        help="Engines without training have no seen and unseen APIs: their levels are strata only."
    )
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        key=f"board_table_{st.session_state.setdefault('board_opened', 0)}",
        column_config=config,
    )
    if event.selection.cells:
        row, column = event.selection.cells[0]
        _open(rows[row], column, levels)
    _show_exports(rows, levels, choice)


def _calls(row: BoardRow) -> str:
    """How many calls were judged, and how many are missing."""
    done, total = row.run.done, row.run.total
    return f"{total:,}" if done >= total else f"{done:,} of {total:,}"


def _open(row: BoardRow, column: str, levels: Sequence[int]) -> None:
    """Put the cell into the address, and draw the page again."""
    level = next((each for each in levels if SHORT_LEVELS[each] == column), levels[0])
    st.query_params["run"] = str(row.run.id)
    st.query_params["level"] = str(level)
    st.session_state["board_opened"] += 1  # another table: nothing is selected in it
    st.rerun(scope="app")


def _show_exports(rows: Sequence[BoardRow], levels: Sequence[int], choice: BoardChoice) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "CSV",
            as_csv(rows),
            f"board-{choice.measure}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Markdown",
            f"{title_of(choice.measure)}, {choice.language}\n\n{as_markdown(rows, levels)}\n",
            f"board-{choice.measure}.md",
            "text/markdown",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(
            "The picture saves itself as a PNG. The address of this page holds the board as it is: "
            "share it."
        )

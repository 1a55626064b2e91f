"""The documents of the workspace as a table, and what each source has brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.store.documents import StoredDocument
from core.store.sources import Source, SourceFigures
from pages.components import text

_KINDS = {"upload": "Upload", "url": "Web address", "hub": "Directory", "sample": "Sample"}


def matching(rows: Sequence[StoredDocument], words: str) -> list[StoredDocument]:
    """The documents whose title, provider or file name holds all of these words."""
    wanted = words.casefold().split()
    return [
        row
        for row in rows
        if all(word in f"{row.title} {row.provider} {row.name}".casefold() for word in wanted)
    ]


def show(
    rows: Sequence[StoredDocument],
    sources: Mapping[str, list[Source]],
    outcomes: Mapping[str, str],
) -> StoredDocument | None:
    """Draw one row per document; the one that is clicked."""
    opened = st.session_state.setdefault("specs_opened", 0)
    table = pd.DataFrame(
        {
            "Title": [text.plain(row.title, limit=100) for row in rows],
            "Version": [text.plain(row.api_version, limit=30) for row in rows],
            "Source": [_source(sources.get(row.sha256, [])) for row in rows],
            "Operations": [row.num_operations for row in rows],
            "Left out": [row.num_dropped for row in rows],
            "Quality": [round(100 * row.quality.score) for row in rows],
            "Validation": [outcomes.get(row.sha256, "not yet") for row in rows],
            "File": [text.plain(row.name, limit=60) for row in rows],
        }
    )
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        key=f"specs_table_{opened}",
        height=min(38 + 35 * max(len(rows), 1), 520),
        column_config={
            "Title": st.column_config.TextColumn(width="medium"),
            "Operations": st.column_config.NumberColumn(format="localized"),
            "Left out": st.column_config.NumberColumn(format="localized"),
            "Quality": st.column_config.ProgressColumn(
                format="%d %%",
                min_value=0,
                max_value=100,
                help="Share of the operations that are good sources of examples.",
            ),
        },
    )
    cells = event.selection.cells
    if not cells:
        return None
    st.session_state["specs_opened"] = opened + 1  # another table: nothing is selected in it
    return rows[cells[0][0]]


def show_figures(figures: Sequence[SourceFigures]) -> None:
    """Draw what each source has brought."""
    st.dataframe(
        pd.DataFrame(
            {
                "Source": [_name(each.kind, each.hub) for each in figures],
                "Documents": [each.num_documents for each in figures],
                "APIs": [each.num_apis for each in figures],
                "Operations": [each.num_operations for each in figures],
                "Unique operations": [each.num_unique_operations for each in figures],
            }
        ),
        hide_index=True,
        column_config={
            name: st.column_config.NumberColumn(format="localized")
            for name in ("Documents", "APIs", "Operations", "Unique operations")
        },
    )


def describe(source: Source) -> str:
    """``Upload: pets.json``."""
    return f"{_name(source.kind, source.hub)}: {text.plain(source.place, limit=200)}"


def _source(sources: Sequence[Source]) -> str:
    return ", ".join(dict.fromkeys(_name(source.kind, source.hub) for source in sources))


def _name(kind: str, hub: str) -> str:
    return text.plain(hub, limit=60) or _KINDS.get(kind, kind)

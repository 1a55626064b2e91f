"""What a run would learn and take: the very tokens, what the loss counts, how long it may go on."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from pages.components import text
from train.estimate import Estimate
from train.preview import Piece, Preview, TokenRow

_COUNTED = {"learnt"}
_NAMES = {
    "read": "read only",
    "learnt": "learnt",
    "question": "question",
    "passage": "passage",
}
_COLORS = {"read": "gray", "learnt": "green", "question": "blue", "passage": "green"}
_MOST_TOKENS = 700
"""Of a piece, that are drawn; the table below has them all."""
_MANY_TOKENS = 400
"""More of them scroll in a window of their own."""
_MOST_PARTS = 12


def show(preview: Preview) -> None:
    """Draw a preview."""
    for warning in preview.warnings:
        st.warning(text.escape(warning, limit=600), icon=":material/warning:")
    _show_figures(preview)
    left, right = st.columns([3, 2])
    with left:
        st.markdown("**Tokens of an example**")
        st.altair_chart(_histogram(preview), key="training_lengths")
    with right:
        _show_losses(preview)
    _show_rows(preview)


def _show_figures(preview: Preview) -> None:
    takes = preview.estimate
    figures = {
        "Examples": (f"{preview.num_examples:,}", _of_parts(preview)),
        "Steps": (f"{preview.num_steps:,}", "Of the optimizer, over all epochs."),
        "Tokens": (f"{preview.num_tokens:,}", _of_tokens(preview)),
        "Time": (_time(takes), f"Rests on {takes.rests_on}."),
        "Memory": (_gigabytes(takes.memory_bytes), f"{_gigabytes(takes.memory_there)} are free."),
        "Disk": (_gigabytes(takes.disk_bytes), f"{_gigabytes(takes.disk_there)} are free."),
    }
    with st.container(horizontal=True):
        for label, (value, about) in figures.items():
            st.metric(label, value, help=about, border=True, width=150)
    learnt = "" if takes.num_learnt == takes.num_parameters else f", {takes.num_learnt:,} of them"
    st.caption(
        f"On {text.escape(takes.device)}; {takes.num_parameters:,} weights{learnt} learn. The time "
        f"rests on {text.escape(takes.rests_on)}; it may be {takes.error:g} times longer or "
        "shorter, and other work on this machine and measuring come on top."
    )


def _show_losses(preview: Preview) -> None:
    """Draw what of the data does not reach the model as it is, and what the leak guard says."""
    st.markdown("**What becomes of the data**")
    if preview.num_looked_at < preview.num_examples:
        st.caption(f"From {preview.num_looked_at:,} examples, drawn at random.")
    rows = {
        "learnt": preview.num_examples,
        "left out, too long": preview.num_left_out,
        "shortened to fit": preview.num_shortened,
        "held back, to measure the loss": preview.num_held_back,
    }
    st.dataframe(pd.DataFrame({"": list(rows), "Examples": list(rows.values())}), hide_index=True)
    st.success(text.escape(preview.guard, limit=600), icon=":material/shield:")


def _show_rows(preview: Preview) -> None:
    st.markdown("**What the model reads, token by token**")
    titles = text.distinct(text.plain(row.title) for row in preview.rows)
    number = st.selectbox(
        "Example",
        range(len(titles)),
        format_func=titles.__getitem__,
        key="training_example",
        label_visibility="collapsed",
    )
    row = preview.rows[number or 0]
    roles = " ".join(
        f":{_COLORS[piece.role]}-background[{_NAMES[piece.role]}: {len(piece.ids):,}]"
        for piece in row.pieces
    )
    st.caption(f"{text.escape(row.note)} · {roles}")
    is_long = sum(len(piece.ids) for piece in row.pieces) > _MANY_TOKENS
    with st.container(border=True, height=560 if is_long else "content"):
        for piece in row.pieces:
            st.markdown(_drawn(piece))
    with st.expander("Every token with its number and its label", icon=":material/table:"):
        st.dataframe(_table(row), hide_index=True)
        st.caption(
            "A label is what the loss compares the model's guess with; where there is none, the "
            "token is read and not learnt."
            if any(piece.role in _COUNTED for piece in row.pieces)
            else "The loss compares question and passage as a whole."
        )


def _drawn(piece: Piece) -> str:
    """A piece as Markdown: a box for each token, a line where the text breaks."""
    color, lines = _COLORS[piece.role], [""]
    for token in piece.tokens[:_MOST_TOKENS]:
        lines[-1] += f":{color}-background[{_visible(token)}] "
        if "\n" in token:
            lines.append("")
    if len(piece.tokens) > _MOST_TOKENS:
        lines[-1] += f"… and {len(piece.tokens) - _MOST_TOKENS:,} more"
    return "  \n".join(line for line in lines if line)


def _visible(token: str) -> str:
    """A token with its spaces and breaks as marks."""
    marked = token.replace(" ", "␣").replace("\n", "↵").replace("\t", "⇥").replace("\r", "␍")
    return text.escape(marked) or "∅"


def _table(row: TokenRow) -> pd.DataFrame:
    found = [
        (text.plain(token.replace("\n", "↵").replace(" ", "␣")), number, piece.role)
        for piece in row.pieces
        for token, number in zip(piece.tokens, piece.ids, strict=True)
    ]
    return pd.DataFrame(
        {
            "Position": at,
            "Token": token,
            "Number": number,
            "Label": number if role in _COUNTED else None,
            "Part": _NAMES[role],
        }
        for at, (token, number, role) in enumerate(found)
    )


def _histogram(preview: Preview) -> alt.Chart:
    rows = [
        {"from": each.low, "to": each.high + 1, "examples": each.count} for each in preview.lengths
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(color="#0f8a80")
        .encode(
            x=alt.X("from:Q", bin="binned", title="tokens"),
            x2="to:Q",
            y=alt.Y("examples:Q", title="examples"),
            tooltip=["from", "to", "examples"],
        )
        .properties(height=190)
    )


def _of_parts(preview: Preview) -> str:
    parts = list(preview.parts.items())
    said = ", ".join(
        f"{text.escape(name, limit=60)} {count:,}" for name, count in parts[:_MOST_PARTS]
    )
    return said + (f" and {len(parts) - _MOST_PARTS:,} more" if len(parts) > _MOST_PARTS else "")


def _of_tokens(preview: Preview) -> str:
    learnt = f"{preview.num_learnt:,} of them are learnt. " if preview.num_learnt else ""
    return f"{learnt}Of one epoch."


def _time(takes: Estimate) -> str:
    """In one unit: nobody knows it any better."""
    if takes.seconds < 59.5:
        return f"{max(1, round(takes.seconds))} s"
    minutes = round(takes.seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{takes.seconds / 3_600:,.1f} h"


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e8 else f"{count / 1e6:,.0f} MB"

"""The rows behind a cell: question, wanted and given call as a diff, findings with their proof."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.store.database import Store
from core.store.runs import ALL, Run
from core.verdict import Kind
from pages.components import board_origin, frame, resources, text
from pages.components.board_choice import BoardChoice
from pipeline.evaluation.board import LEVELS
from pipeline.evaluation.opened import (
    COMPARISONS,
    FILTERS,
    Row,
    code_diff,
    one_of_each,
    rows_of_cell,
)
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.prediction import Prediction, Scored

_PAGE = 10
_COLORS = {
    "right": "green",
    "legal but different": "orange",
    "undecidable": "orange",
    "illegal": "red",
    "no call": "red",
    "no answer": "gray",
}
_SEVERITIES = {"illegal": "red", "undecidable": "orange", "note": "gray"}


def show(store: Store, runs: Sequence[Run], choice: BoardChoice) -> None:
    """Draw the cell that the address names, if it names one."""
    run = _run_in_address("run", runs)
    if run is None:
        st.caption("Click a cell of the table to see its questions and calls.")
        return
    level = _level_in_address()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(f"Run {run.id}, {text.escape(Plan.from_record(run.plan).title)}", anchor=False)
        st.button("Close", icon=":material/close:", type="tertiary", on_click=_close)
    st.caption(f"{LEVELS[level]} · {choice.language} · {text.escape(_provenance(run))}")
    board_origin.show(run)
    other = _other_run(run, runs)
    with st.spinner("Reading the rows …"):
        rows = rows_of_cell(
            store.workspace,
            run.id,
            level,
            None if choice.language == ALL else choice.language,
            against=other.id if other else None,
            naming=choice.naming,
        )
    if choice.language == ALL:
        rows = one_of_each(rows)
        st.caption("Of each question one language is shown, one that went wrong if there is any.")
    _show_rows(rows, other)


def _run_in_address(name: str, runs: Sequence[Run]) -> Run | None:
    wanted = st.query_params.get(name, "")
    return next((run for run in runs if str(run.id) == wanted), None)


def _level_in_address() -> int:
    wanted = st.query_params.get("level", "1")
    return int(wanted) if wanted in map(str, LEVELS) else 1


def _close() -> None:
    for name in ("run", "level", "against"):
        st.query_params.pop(name, None)


def _provenance(run: Run) -> str:
    known = run.provenance or {}
    note = known.get("note") or ""
    split = known.get("split_hash") or "unknown until it is complete"
    return f"questions {split}. {note}".strip()


def _other_run(run: Run, runs: Sequence[Run]) -> Run | None:
    """Draw the choice of a run to compare with; the one in the address is chosen."""
    others = [each for each in runs if each.test_set == run.test_set and each.id != run.id]
    names = {each.id: f"{each.id}: {Plan.from_record(each.plan).title}" for each in others}
    chosen = st.selectbox(
        "Compare with",
        [None, *names],
        format_func=lambda number: names.get(number, "No other run"),
        key="against",
        bind="query-params",
        width=420,
    )
    return next((each for each in others if each.id == chosen), None)


def _show_rows(rows: Sequence[Row], other: Run | None) -> None:
    filters = FILTERS if other is None else {**COMPARISONS, "all": FILTERS["all"]}
    counts = {name: sum(map(keep, rows)) for name, keep in filters.items()}
    chosen = st.segmented_control(
        "Show",
        list(filters),
        default=next(iter(filters)),
        format_func=lambda name: f"{name} ({counts[name]:,})",
        key="board_filter" if other is None else "board_comparison",
        label_visibility="collapsed",
        required=True,
    )
    kept = [row for row in rows if filters[chosen](row)]
    most = st.session_state.get("board_rows", _PAGE)
    for number, row in enumerate(kept[:most]):
        _show_row(row, number, other)
    if not kept:
        st.caption("No such rows.")
    if len(kept) > most:
        st.button(f"Show more of {len(kept):,}", icon=":material/expand_more:", on_click=_show_more)


def _show_more() -> None:
    st.session_state["board_rows"] = st.session_state.get("board_rows", _PAGE) + 2 * _PAGE


def _show_row(row: Row, number: int, other: Run | None) -> None:
    prediction = row.mine.prediction
    badge = f":{_COLORS.get(prediction.status, 'gray')}-badge[{prediction.status}]"
    words = f"{badge} {text.escape(prediction.text, limit=200)}"
    with st.expander(words, key=f"board_row_{number}", on_change="rerun") as opened:
        if opened.open:
            _show_call(row.mine, "A" if other else "")
            if row.other is not None:
                st.divider()
                _show_call(row.other, "B")


def _show_call(scored: Scored, name: str) -> None:
    prediction = scored.prediction
    said = [f"**{name}**"] if name else []
    said += [f"`{prediction.language}`", f"wanted {text.code(prediction.operation or 'no call')}"]
    if prediction.called:
        said.append(f"called {text.code(prediction.called)}")
    confidence = scored.numbers.get("confidence")
    if confidence is not None and confidence == confidence:
        said.append(f"{confidence:.0%} sure")
    st.markdown(" · ".join(said))
    diff = code_diff(scored)
    if diff:
        st.code(diff, language="diff", wrap_lines=True)
    elif prediction.given:
        st.code(prediction.given, language=None, wrap_lines=True)
    _show_findings(prediction)
    if prediction.pointer:
        st.page_link(
            frame.OPERATIONS,
            label="Open the wanted operation",
            icon=":material/open_in_new:",
            query_params={
                "document": resources.key(prediction.document),
                "operation": prediction.operation,
            },
        )


def _show_findings(prediction: Prediction) -> None:
    if prediction.reason:
        st.caption(text.escape(prediction.reason, limit=400))
    for finding in prediction.findings:
        if finding.kind == Kind.PLACEHOLDER:
            continue  # the code shows them
        color = _SEVERITIES.get(finding.severity, "gray")
        proof = f" {text.code(finding.pointer, limit=160)}" if finding.pointer else ""
        st.markdown(
            f":{color}-badge[{text.escape(finding.kind)}] "
            f"{text.escape(finding.message, limit=400)}{proof}"
        )
    if prediction.differences:
        listed = ", ".join(text.code(each.place, limit=60) for each in prediction.differences[:12])
        st.caption(f"Differs in {listed}")
    if prediction.retrieved:
        listed = ", ".join(text.code(each, limit=80) for each in prediction.retrieved)
        st.caption(f"Looked at {listed}")

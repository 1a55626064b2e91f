"""One question with two calls, and the four ways to judge them."""

from __future__ import annotations

import hashlib

import streamlit as st

from core.comparison import Comparison, Vote, turned
from core.render import CLIENTS
from core.store.comparisons import add_comparison, list_comparisons
from core.store.database import Store
from pages.components import duel_table, text
from pages.components.duel_choice import DuelChoice
from pipeline.evaluation.board import LEVELS
from pipeline.evaluation.opened import Row, rows_of_cell
from pipeline.evaluation.plan import PUBLISHED_CLIENTS
from pipeline.evaluation.prediction import Prediction, Scored
from pipeline.evaluation.recording import RECORDED

_BUTTONS: dict[Vote, tuple[str, str, str]] = {
    "a": ("Left is better", ":material/arrow_back:", "1"),
    "b": ("Right is better", ":material/arrow_forward:", "2"),
    "tie": ("Both are good", ":material/handshake:", "3"),
    "both bad": ("Both are bad", ":material/thumb_down:", "4"),
}
_COLORS: dict[str, str] = {"right": "green", "illegal": "red", "no call": "red"}


def show(store: Store, choice: DuelChoice) -> None:
    """Draw the question that is next, or the one that was voted on just now."""
    rows = _rows(store, choice)
    done = _voted(store, choice)
    waiting = [row for row in rows if duel_table.name_of(row) not in done]
    shown = st.session_state.get("duel_shown")
    row = next((row for row in rows if duel_table.name_of(row) == shown), None) or next(
        iter(waiting), None
    )
    _show_origin(choice)
    judged = len(rows) - len(waiting)
    st.progress(judged / len(rows) if rows else 1.0, f"{judged:,} of {len(rows):,} judged")
    if row is None:
        st.success("Every question of these two runs is judged.", icon=":material/check_circle:")
    else:
        _show_question(store, row, choice, done.get(duel_table.name_of(row)))
    duel_table.show(rows, done, choice)


def _show_question(store: Store, row: Row, choice: DuelChoice, vote: Comparison | None) -> None:
    is_open = vote is not None or not choice.is_blind
    _show_row(row, choice, is_open=is_open)
    if vote is None:
        _show_buttons(store, row, choice)
    else:
        _show_verdict(row, choice, vote)
    if is_open:
        _show_wanted(row, choice)


def _show_origin(choice: DuelChoice) -> None:
    """Say of recorded answers what gave them, and when."""
    if choice.a.test_set != RECORDED:
        return
    made = choice.a.provenance or {}
    st.caption(
        f"Answers to the bundled questions that came with the program, recorded on "
        f"{made.get('asked_on', 'an unknown day')} by version {made.get('code', 'unknown')}. The "
        "verdicts are of here and now. The scoreboard asks all questions anew."
    )


def _rows(store: Store, choice: DuelChoice) -> list[Row]:
    """The questions that both were asked and where their calls differ, levels mixed."""
    found = [
        row
        for level in (1, 2, 3)
        for row in rows_of_cell(
            store.workspace, choice.a.id, level, choice.language, against=choice.b.id
        )
        if row.other is not None and row.mine.prediction.given != row.other.prediction.given
    ]
    return sorted(found, key=lambda row: hashlib.md5(duel_table.name_of(row).encode()).hexdigest())


def _voted(store: Store, choice: DuelChoice) -> dict[str, Comparison]:
    runs = {choice.a.id, choice.b.id}
    return {
        each.question: each for each in list_comparisons(store) if {each.run_a, each.run_b} == runs
    }


def _is_turned(row: Row, choice: DuelChoice) -> bool:
    """Whether the second engine stands on the left: by chance, but the same each time."""
    digest = hashlib.md5(f"{duel_table.name_of(row)} {choice.a.id} {choice.b.id}".encode())
    return choice.is_blind and digest.digest()[0] % 2 == 1


def _sides(row: Row, choice: DuelChoice) -> list[tuple[str, Scored]]:
    assert row.other is not None
    sides = [(choice.a.engine, row.mine), (choice.b.engine, row.other)]
    return sides[::-1] if _is_turned(row, choice) else sides


def _show_row(row: Row, choice: DuelChoice, *, is_open: bool) -> None:
    prediction = row.mine.prediction
    st.subheader(text.escape(prediction.text, limit=300), anchor=False)
    st.caption(f"{LEVELS[prediction.level]} · {text.escape(prediction.title, limit=80)}")
    highlight = CLIENTS[PUBLISHED_CLIENTS[choice.language]].highlight
    columns = st.columns(2, gap="large")
    for column, name, (engine, scored) in zip(
        columns, ("Left", "Right"), _sides(row, choice), strict=True
    ):
        with column:
            st.markdown(f"**{text.escape(engine) if is_open else name}**")
            if scored.prediction.given:
                st.code(scored.prediction.given, language=highlight, wrap_lines=True)
            else:
                st.caption("It says that nothing fits.")
            if is_open:
                _show_findings(scored.prediction)


def _show_findings(prediction: Prediction) -> None:
    """What the document says of a call, and where it is not the wanted one."""
    color = _COLORS.get(prediction.status, "gray")
    st.markdown(f":{color}-badge[{prediction.status}] {text.code(prediction.called or 'no call')}")
    for finding in prediction.findings:
        if finding.severity == "illegal":
            st.caption(text.escape(finding.message, limit=300))
    if prediction.differences:
        listed = ", ".join(text.code(each.place, limit=60) for each in prediction.differences[:8])
        st.caption(f"Differs in {listed}")


def _show_buttons(store: Store, row: Row, choice: DuelChoice) -> None:
    with st.container(horizontal=True):
        for vote, (label, icon, key) in _BUTTONS.items():
            st.button(
                label,
                icon=icon,
                shortcut=key,
                key=f"duel_{vote}",
                on_click=_keep,
                args=(store, row, choice, vote),
            )


def _keep(store: Store, row: Row, choice: DuelChoice, vote: Vote) -> None:
    """Keep a vote as if the first run stood on the left."""
    by_verdict = duel_table.automatic_vote(row)
    add_comparison(
        store,
        Comparison(
            question=duel_table.name_of(row),
            run_a=choice.a.id,
            run_b=choice.b.id,
            engine_a=choice.a.engine,
            engine_b=choice.b.engine,
            language=choice.language,
            is_blind=choice.is_blind,
            vote=turned(vote) if _is_turned(row, choice) else vote,
            automatic=by_verdict,
        ),
    )
    st.session_state["duel_shown"] = duel_table.name_of(row)


def _show_wanted(row: Row, choice: DuelChoice) -> None:
    st.caption("The right call")
    highlight = CLIENTS[PUBLISHED_CLIENTS[choice.language]].highlight
    st.code(row.mine.prediction.wanted, language=highlight, wrap_lines=True)


def _show_verdict(row: Row, choice: DuelChoice, kept: Comparison) -> None:
    """Draw what the verdicts say, and the way on."""
    by_verdict = duel_table.automatic_vote(row)
    seen = turned(by_verdict) if _is_turned(row, choice) else by_verdict
    agrees = kept.vote == (by_verdict if kept.run_a == choice.a.id else turned(by_verdict))
    badge = ":green-badge[as you say]" if agrees else ":orange-badge[otherwise than you]"
    said = " and ".join(
        f"{text.escape(engine)}: {scored.prediction.status}"
        for engine, scored in _sides(row, choice)
    )
    st.markdown(f"{badge} By their verdicts {duel_table.WORDS[seen]} ({said}).")
    st.button(
        "Next question",
        type="primary",
        icon=":material/skip_next:",
        shortcut="Enter",
        on_click=lambda: st.session_state.pop("duel_shown", None),
    )

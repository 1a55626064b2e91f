"""How well people agree, what judges are worth by what people say, and which one is to decide."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.candidate import Label
from core.jobs import control
from core.labeling.agreement import Estimate
from core.labeling.board import Board, best_judge, figures_of
from core.prompts import JUDGES as PROMPTED
from core.prompts import PROMPTS
from core.store.adjudications import adjudicate
from core.store.candidates import find_candidates
from core.store.judge_verdicts import Champion, champion, choose_champion
from core.store.labels import labels_of
from core.store.model_servers import model_offers
from pages.components import frame, job_view, label_board, label_card, label_filter, resources, text
from pipeline.judge import JUDGES
from pipeline.judging import judge_candidates

_SIDES: tuple[Label, Label] = ("good", "bad")
_SHOWN = 50


def show(person: str) -> None:
    """Draw the figures; a person with a name can settle conflicts and choose the champion."""
    board = label_board.board(label_filter.show_pool())
    if not board.mix:
        st.caption("Nobody has labelled anything yet. Label some candidates in the queue first.")
        return
    _show_mix(board)
    st.subheader("Judges by what people say", anchor=False)
    _show_judges(board, person)
    if board.judges:
        _show_matrix(board)
    st.subheader("People with each other", anchor=False)
    _show_people(board)
    _show_disputed(board, person)


def _show_mix(board: Board) -> None:
    with st.container(horizontal=True):
        decided = len(board.people.keys() | set(board.disputed))
        st.metric(
            "Candidates with a label",
            f"{decided:,}",
            job_view.counted(board.num_people, "annotator"),
            delta_color="off",
            delta_arrow="off",
            border=True,
        )
        for verdict in ("good", "bad", "skip", "flag"):
            count, total = board.mix[verdict], board.mix.total()
            st.metric(
                f"Labels: {verdict}", f"{count:,}", f"{count / total:.1%}", delta_color="off",
                delta_arrow="off", border=True,
            )  # fmt: skip


def _show_people(board: Board) -> None:
    if not board.pairs:
        st.caption("No two people have labelled the same candidate yet.")
        return
    st.markdown(
        f"Krippendorff's alpha over {board.num_people} people: **{_said(board.alpha)}**, and for "
        "each two of them:"
    )
    st.dataframe(
        pd.DataFrame(
            {
                "One": text.plain(one),
                "Other": text.plain(other),
                "Candidates": found.num_candidates,
                "Same": _said(found.percent, as_percent=True),
                "Cohen's kappa": _said(found.kappa),
            }
            for (one, other), found in board.pairs.items()
        ),
        hide_index=True,
    )


def _show_disputed(board: Board, person: str) -> None:
    """Draw what people disagree on, for somebody to decide."""
    if not board.disputed:
        return
    with st.expander(f"Conflicts to settle ({len(board.disputed):,})", icon=":material/gavel:"):
        keys = board.disputed[:10]
        labels = labels_of(resources.store(), keys)
        for stored in find_candidates(resources.store(), keys):
            with st.container(border=True):
                st.markdown(f"{label_card.words(stored.candidate)}")
                for label in labels.get(stored.key, ()):
                    said = label_card.badge(label.decision.verdict, label.decision.reasons)
                    st.markdown(f":small[{text.escape(label.annotator, limit=40)}] {said}")
                with st.container(horizontal=True):
                    for side in _SIDES:
                        st.button(
                            f"Finally {side}",
                            key=f"final-{side}-{stored.key}",
                            disabled=not person,
                            on_click=adjudicate,
                            args=(resources.store(), stored.key, side, person),
                        )


def _show_judges(board: Board, person: str) -> None:
    """Draw every judge with its figures, and the way to choose one."""
    chosen = champion(resources.store())
    if board.judges:
        st.dataframe(
            pd.DataFrame(
                {
                    "Judge": ("★ " if chosen and chosen.judge == judge else "") + text.plain(judge),
                    "Candidates": found.num_candidates,
                    "Cohen's kappa": _said(found.kappa),
                    "Precision of bad": _said(found.bad_precision, as_percent=True),
                    "Recall of bad": _said(found.bad_recall, as_percent=True),
                    "Same as people": _said(found.percent, as_percent=True),
                }
                for judge, found in board.judges.items()
            ),
            hide_index=True,
        )
        st.caption(
            "In brackets: 95 % intervals, from resampling operations. A judge that was fitted to "
            "these very labels looks better here than it is."
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(
            "Run all judges on what is labelled",
            icon=":material/play_arrow:",
            type="secondary" if board.judges else "primary",
        ):
            with st.spinner("Judging …"):
                judge_candidates(resources.store(), list(JUDGES), sorted(board.people))
            st.rerun()
        _offer_models()
        if board.judges:
            _show_champion(board, person, chosen)


def _offer_models() -> None:
    """Draw the way to have a language model judge, by each of the prompts."""
    store = resources.store()
    with st.popover("Ask a language model", icon=":material/smart_toy:"):
        models = list(dict.fromkeys(offer.name for offer in model_offers(store)))
        if not models:
            st.caption("There is no language model here yet.")
            st.page_link(frame.MODELS, label="Add one", icon=":material/add:")
            return
        model = st.selectbox("Model", models, format_func=text.plain, key="labels_model")
        prompt = st.selectbox(
            "Prompt",
            ["", *PROMPTED],
            format_func=lambda name: PROMPTS.get(name, "Every prompt, one after the other"),
            key="labels_prompt",
        )
        st.button(
            "Let it judge what is labelled",
            help="A job. Each prompt with each model is a judge of its own.",
            on_click=control.start,
            args=(store, "judge-by-model", {"model": model, "prompt": prompt}),
        )


def _show_champion(board: Board, person: str, chosen: Champion | None) -> None:
    names = sorted(board.judges, key=lambda judge: -_order(board.judges[judge].kappa.value))
    best = best_judge(board)
    name = st.selectbox(
        "Judge",
        names,
        index=names.index(best) if best else 0,
        format_func=lambda judge: f"{text.plain(judge)} (best)" if judge == best else judge,
        key="labels_judge",
        width=220,
        help="The best has the highest kappa of those that judged nine tenths of what people did.",
    )
    found = board.judges[name]
    st.button(
        "Let it decide in the pipeline",
        icon=":material/star:",
        disabled=not person or bool(chosen and chosen.judge == name),
        help=None if person else "Choose a name first.",
        on_click=choose_champion,
        args=(
            resources.store(),
            name,
            person,
            figures_of(found),
        ),
    )


def _show_matrix(board: Board) -> None:
    """Draw what one judge and people say against each other; a cell opens its candidates."""
    judge = st.session_state["labels_judge"]
    found = board.judges[judge]
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.markdown(f"People (rows) and {text.code(judge)} (columns)")
        event = st.dataframe(
            pd.DataFrame(
                {
                    f"{judge}: {side}": [found.counts[own, side] for own in _SIDES]
                    for side in _SIDES
                },
                index=[f"people: {own}" for own in _SIDES],
            ),
            on_select="rerun",
            selection_mode="single-cell",
            key=f"labels_matrix_{judge}",
        )
        st.caption("Click a number to read its candidates.")
    cells = event.selection.cells
    if cells:
        row, column = cells[0]
        side = _SIDES[0] if column.endswith(_SIDES[0]) else _SIDES[1]
        with right:
            _show_rows(_in_cell(board, judge, _SIDES[row], side), _SIDES[row], side)


def _in_cell(board: Board, judge: str, own: Label, side: Label) -> list[str]:
    said: Mapping[str, Label] = board.said[judge]
    return [key for key, label in board.people.items() if (label, said.get(key)) == (own, side)]


def _show_rows(keys: list[str], own: Label, side: Label) -> None:
    st.markdown(f"**{len(keys):,}** that people call {own} and the judge {side}")
    for stored in find_candidates(resources.store(), keys[:_SHOWN]):
        with st.container(border=True):
            st.markdown(label_card.words(stored.candidate))
            api, task = stored.candidate.api_name, stored.candidate.functionality
            st.caption(" · ".join(text.escape(part, limit=80) for part in (api, task) if part))
    if len(keys) > _SHOWN:
        st.caption(f"The first {_SHOWN}. Filter for the others under Bulk.")


def _said(figure: Estimate, *, as_percent: bool = False) -> str:
    """``0.61 (0.48–0.74)``."""
    if figure.value != figure.value:
        return "–"
    factor, digits, unit = (100, 1, " %") if as_percent else (1, 2, "")
    value, low, high = (
        f"{factor * part:.{digits}f}" for part in (figure.value, figure.low, figure.high)
    )
    return f"{value}{unit} ({low}–{high})"


def _order(value: float) -> float:
    return value if value == value else -2.0

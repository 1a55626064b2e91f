"""Many candidates at once: find them, select them, label them together, and take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.candidate import REASONS
from core.store.candidate_filter import CandidateFilter, condition, matching, matching_page
from core.store.candidates import StoredCandidate, count_candidates
from core.store.judge_verdicts import JudgeVerdict, verdicts_of
from core.store.label_actions import history, overwrite, undo
from core.store.labels import VERDICTS, Decision, Label, labels_of
from pages.components import frame, label_filter, label_similar, resources, text

_SIZES = (25, 50, 100, 200)


def show(person: str, guideline: int) -> None:
    """Draw the filter, a page of what it finds, and what can be done with it."""
    wanted = label_filter.show()
    count = count_candidates(resources.store(), condition(wanted))
    found = _show_similar(wanted) or _show_page(wanted, count)
    if not found:
        st.caption("No candidate is like that. Take something out of the filter.")
        return
    chosen = _show_table(found, person)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{count:,} match, {len(chosen):,} selected", width="content")
        if len(chosen) == 1:
            _show_single(chosen[0])
    if person:
        _show_actions(person, guideline, wanted, count, [stored.key for stored in chosen])
    else:
        st.caption("Choose a name to label from here.")


def _show_page(wanted: CandidateFilter, count: int) -> list[StoredCandidate]:
    """Draw which page of how many rows is shown; the rows."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        size = st.selectbox("Rows", _SIZES, key="labels_size", width=100)
        last = max(1, -(-count // size))
        number = int(
            st.number_input(f"Page of {last:,}", 1, last, key=f"labels_page_{last}", width=140)
        )
    return matching_page(resources.store(), wanted, offset=(number - 1) * size, limit=size)


def _show_similar(wanted: CandidateFilter) -> list[StoredCandidate]:
    """Draw what is like the candidate that somebody asked about; nothing if nobody has."""
    key = st.session_state.get("labels_similar", "")
    if not key:
        return []
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Most similar first, among what the filter finds.")
        st.button("Show all again", icon=":material/close:", on_click=_look_for_similar)
    return label_similar.similar(key, wanted)


def _show_table(found: Sequence[StoredCandidate], person: str) -> list[StoredCandidate]:
    """Draw the rows with what is said of them; those that are selected."""
    keys = [stored.key for stored in found]
    event = st.dataframe(
        _table(found, person),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"labels_table_{hash(tuple(keys))}",
        column_config={"Candidate": st.column_config.TextColumn(width="large")},
        height=min(38 + 35 * max(len(found), 1), 560),
    )
    return [found[row] for row in event.selection.rows if row < len(found)]


def _table(found: Sequence[StoredCandidate], person: str) -> pd.DataFrame:
    keys = [stored.key for stored in found]
    labels = labels_of(resources.store(), keys)
    verdicts = verdicts_of(resources.store(), keys)
    judges = sorted({judge for said in verdicts.values() for judge in said})
    return pd.DataFrame(
        {
            "Candidate": [text.plain(stored.candidate.text, limit=400) for stored in found],
            "API": [text.plain(stored.candidate.api_name, limit=60) for stored in found],
            "Operation": [text.plain(stored.candidate.functionality) for stored in found],
            "You": [_own(labels.get(key, ()), person) for key in keys],
            "Others": [_others(labels.get(key, ()), person) for key in keys],
            **{
                text.plain(judge): [_judged(verdicts.get(key, {}), judge) for key in keys]
                for judge in judges
            },
        }
    )


def _own(labels: Sequence[Label], person: str) -> str:
    return next((said.decision.verdict for said in labels if said.annotator == person), "")


def _others(labels: Sequence[Label], person: str) -> str:
    return ", ".join(said.decision.verdict for said in labels if said.annotator != person)


def _judged(verdicts: Mapping[str, JudgeVerdict], judge: str) -> str:
    """``bad 0.20, extra``."""
    found = verdicts.get(judge)
    if found is None:
        return ""
    score = "" if found.score is None else f"{found.score:.2f}"
    return ", ".join([f"{found.label} {score}".strip(), *found.reasons])


def _show_single(stored: StoredCandidate) -> None:
    """Draw what can be done with one candidate."""
    if st.button("Open in the queue", icon=":material/open_in_new:"):
        st.session_state["labels_wanted"] = stored.key
        st.switch_page(frame.LABELS, query_params={"view": "Queue"})
    st.button(
        "Find similar", icon=":material/join:", on_click=_look_for_similar, args=(stored.key,)
    )


def _look_for_similar(key: str = "") -> None:
    st.session_state["labels_similar"] = key


def _show_actions(
    person: str, guideline: int, wanted: CandidateFilter, count: int, chosen: list[str]
) -> None:
    """Draw the label for what is selected, or for all that match."""
    with st.container(border=True, horizontal=True, vertical_alignment="bottom"):
        verdict = st.segmented_control(
            "Label as", VERDICTS, key="labels_bulk_verdict", required=True, default="bad"
        )
        reasons = st.multiselect(
            "because of", list(REASONS), format_func=REASONS.__getitem__,
            key="labels_bulk_reasons", disabled=verdict != "bad",
        )  # fmt: skip
        decision = Decision(verdict, tuple(reasons) if verdict == "bad" else (), "", guideline)
        if st.button(f"The {len(chosen):,} selected", disabled=not chosen, type="primary"):
            _label(person, chosen, decision)
        if st.button(f"All {count:,} that match", disabled=not count):
            _label(person, matching(resources.store(), wanted), decision)
        _show_undo(person)


def _label(person: str, keys: Sequence[str], decision: Decision) -> None:
    with st.spinner("Labelling …"):
        overwrite(resources.store(), person, dict.fromkeys(keys, decision))
    frame.tell(
        f"Labelled {len(keys):,} as {decision.verdict}. One undo takes all back.",
        ":material/check:",
    )
    st.rerun()


def _show_undo(person: str) -> None:
    seen = history(resources.store(), person)
    if st.button(
        "Undo", icon=":material/undo:", disabled=not seen.can_undo, key=f"bulk-undo-{seen.last}"
    ) and (action := undo(resources.store(), person)):
        frame.tell(f"Took {len(action.keys):,} labels back.", ":material/undo:")
        st.rerun()

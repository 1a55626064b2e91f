"""A document as a source of calls: what it is, what of it is left out, and how good it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from core.jobs import control
from core.openapi.difference import Difference
from core.openapi.quality import FAULTS
from core.openapi.validation import Finding, ValidationReport
from core.store.browse import count_warnings
from core.store.documents import StoredDocument
from core.store.operations import dropped_of
from core.store.validations import validation_of
from pages.components import frame, job_view, resources, text

_SHOWN = 50
"""Things that are listed; the others are counted."""
_SHORT = 280
"""Characters of a description that is shown at once."""


def show_facts(row: StoredDocument) -> None:
    """Draw a document in one line, with the way to more."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"**{text.escape(row.title, limit=80)}** · {facts(row)}", width="content")
        st.page_link(
            frame.SPECS,
            label="About this document",
            icon=":material/description:",
            query_params={"document": resources.key(row.sha256)},
            width="content",
        )


def facts(row: StoredDocument) -> str:
    """``OpenAPI 3.1 · version 2 · 12 operations``, as Markdown."""
    found = [f"{'Swagger' if row.openapi_version == '2.0' else 'OpenAPI'} {row.openapi_version}"]
    if row.api_version:
        found.append(f"version {text.escape(row.api_version, limit=30)}")
    found.append(job_view.counted(row.num_operations, "operation"))
    if row.num_dropped:
        found.append(f":orange[{row.num_dropped:,} left out]")
    return " · ".join(found)


def show_description(words: str) -> None:
    """Draw a description: a short one as it is, a long one folded away."""
    if len(words) > _SHORT:
        with st.expander("Description", type="compact"):
            st.text(text.paragraph(words))
    elif words:
        st.text(text.paragraph(words))


def show_quality(row: StoredDocument) -> None:
    """Draw what a document is worth as a source of examples, and what that costs."""
    quality = row.quality
    if not quality.num_operations:
        st.caption("It describes no operation that can be used.")
        return
    st.progress(
        quality.score,
        f"**{quality.score:.0%}** of the operations are good sources: "
        f"{quality.num_good:,} of {quality.num_operations:,}",
    )
    for fault, count in quality.faults.items():
        st.markdown(f":orange-badge[{count:,}] **{text.escape(fault)}**")
        st.caption(FAULTS.get(fault, ""))
    if not quality.faults:
        st.caption("Every operation says what it does, in English, and shows its values.")


def show_left_out(row: StoredDocument) -> None:
    """Draw what of a document cannot be used, and what was read with a warning."""
    dropped = dropped_of(resources.store(), row.sha256)
    warnings = count_warnings(resources.store(), row.sha256)
    if not dropped and not warnings:
        st.caption("Everything was read, and nothing had to be guessed.")
    if dropped:
        st.markdown(f"{_amount(len(dropped))} left out")
        _list(f"{text.code(found.where)} {text.escape(found.reason)}" for found in dropped)
    if warnings:
        st.markdown(f"{_amount(warnings.total())} read with a warning")
        _list(
            f"{count:,} × {text.escape(warning, limit=400)}"
            for warning, count in warnings.most_common()
        )


def show_validation(row: StoredDocument) -> None:
    """Draw the validation report, or the button that asks for one."""
    report = validation_of(resources.store(), row.sha256)
    if report is not None:
        _show_report(report)
        return
    key = f"validate_{row.sha256}"
    st.caption("Not validated yet. Calls are made all the same.")
    if key not in st.session_state and st.button(
        "Validate against the OpenAPI Specification", icon=":material/fact_check:"
    ):
        job = control.start(
            resources.store(),
            "validate",
            {"documents": [row.sha256]},
            f"Validate {text.plain(row.title, limit=80)}",
        )
        st.session_state[key] = job.id
    if key in st.session_state and (ended := job_view.wait_for(st.session_state[key])):
        del st.session_state[key]
        if ended.state == "done":
            st.rerun()
        job_view.show(ended)


def show_changes(changes: Difference) -> None:
    """Draw what a newer version adds, removes and changes."""
    if not (changes.added or changes.removed or changes.changed):
        st.caption("No operation was added, removed or changed.")
        return
    parts = {
        "green": ("added", changes.added),
        "red": ("removed", changes.removed),
    }
    for color, (word, labels) in parts.items():
        if labels:
            st.markdown(f":{color}-badge[{len(labels):,}] {word}")
            _list(map(text.code, labels))
    if changes.changed:
        st.markdown(f":orange-badge[{len(changes.changed):,}] changed")
        _list(
            f"{text.code(change.label)} {text.escape('; '.join(change.what), limit=400)}"
            for change in changes.changed
        )


def _show_report(report: ValidationReport) -> None:
    count = len(report.findings) + report.more
    if report.outcome == "valid":
        st.success("Valid by the OpenAPI Specification.", icon=":material/check_circle:")
    elif report.outcome == "undecided":
        st.info(f"Undecided: {text.escape(report.reason)}.", icon=":material/help:")
    else:
        st.warning(
            f"{job_view.counted(count, 'place')} where it is not as the specification says. "
            "Calls are made all the same.",
            icon=":material/rule:",
        )
    for message, pointers in _by_message(report.findings).items():
        st.markdown(f"{_amount(len(pointers))} {text.escape(message, limit=400)}")
        _list(text.code(pointer or "/", limit=200) for pointer in pointers)
    if report.more:
        st.caption(f"… and {report.more:,} more places.")
    if report.passed_over:
        st.caption(f"{report.passed_over:,} references out of the document were not looked at.")


def _by_message(findings: Sequence[Finding]) -> dict[str, list[str]]:
    """The places of each finding: the same fault often stands in many."""
    found: dict[str, list[str]] = {}
    for finding in findings:
        found.setdefault(finding.message, []).append(finding.pointer)
    return found


def _amount(count: int) -> str:
    return f"**{count:,}**"


def _list(lines: Iterable[str]) -> None:
    """Draw lines of Markdown, as many as one reads."""
    listed = list(lines)
    st.caption("\n".join(f"- {line}" for line in listed[:_SHOWN]))
    if len(listed) > _SHOWN:
        st.caption(f"… and {len(listed) - _SHOWN:,} more.")

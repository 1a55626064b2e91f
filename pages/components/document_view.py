"""What a document is, what of it cannot be used, and whether it is valid."""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st

from core.openapi.validation import ValidationReport
from pages.components import resources, text
from pages.components.api import Api

_SHOWN = 50
"""Findings that are listed; the others are counted."""

_SHORT = 280
"""Characters of a description that is shown at once."""


def show(api: Api) -> None:
    """Draw the facts of an API; the long ones stay closed."""
    document = api.document
    kind = "Swagger" if document.is_swagger else "OpenAPI"
    facts = [f"**{text.escape(api.title, limit=80)}**", f"{kind} {document.version}"]
    if document.api_version:
        facts.append(f"version {text.escape(document.api_version, limit=30)}")
    with st.spinner("Counting the operations …") if not api.is_complete else nullcontext():
        count = len(api.operations())
    facts.append(f"{count:,} operations" if count != 1 else "1 operation")
    if api.dropped():
        facts.append(f":orange[{len(api.dropped()):,} left out]")
    st.caption(" · ".join(facts))
    with st.expander("About this document", type="compact"):
        st.text(text.paragraph(document.description) or "The document does not describe itself.")
        _show_dropped(api)
        _show_validation(api)


def show_description(words: str) -> None:
    """Draw a description: a short one as it is, a long one folded away."""
    if len(words) > _SHORT:
        with st.expander("Description", type="compact"):
            st.text(text.paragraph(words))
    elif words:
        st.text(text.paragraph(words))


def _show_dropped(api: Api) -> None:
    dropped = api.dropped()
    if not dropped:
        return
    st.markdown(f"**{len(dropped):,} operations are left out**")
    for found in dropped[:_SHOWN]:
        st.caption(f"{text.code(found.where)} {text.escape(found.reason)}")
    if len(dropped) > _SHOWN:
        st.caption(f"… and {len(dropped) - _SHOWN:,} more.")


def _show_validation(api: Api) -> None:
    asked = f"document_validate_{api.key}"
    if st.button("Validate against the OpenAPI Specification", icon=":material/fact_check:"):
        st.session_state[asked] = True
    if asked in st.session_state:
        _show_report(resources.validation(api.key))


def _show_report(report: ValidationReport) -> None:
    if report.outcome == "valid":
        st.success("Valid.", icon=":material/check_circle:")
    elif report.outcome == "undecided":
        st.info(f"Undecided: {text.escape(report.reason)}.", icon=":material/help:")
    else:
        st.warning(
            f"{len(report.findings) + report.more:,} findings. Calls are made all the same.",
            icon=":material/rule:",
        )
    for finding in report.findings[:_SHOWN]:
        st.caption(f"{text.code(finding.pointer or '/')} {text.escape(finding.message)}")

"""One dataset on a page of its own."""

from __future__ import annotations

import streamlit as st

from pages.components import (
    curation_examples,
    curation_funnel,
    curation_overview,
    curation_rows,
    frame,
    resources,
    text,
)
from pipeline.dataset import open_dataset

_TABS = {
    "Overview": curation_overview.show,
    "Funnel": curation_funnel.show,
    "Seed examples": curation_examples.show,
    "Rows": curation_rows.show,
}


def show(name: str) -> None:
    """Draw a dataset: how far it is, what was lost, its examples and its rows.

    Raises ``DatasetError`` where there is none of that name.
    """
    if st.button("All datasets", icon=":material/arrow_back:", type="tertiary"):
        st.switch_page(frame.CURATION)
    dataset = open_dataset(resources.store().workspace, name)
    st.subheader(text.escape(dataset.name), anchor=False)
    tab = st.segmented_control(
        "View",
        list(_TABS),
        default="Overview",
        required=True,
        key="tab",
        bind="query-params",
        label_visibility="collapsed",
    )
    _TABS[tab](dataset)

"""Catalogues of functions: ask one in words, make questions for it, see who chooses right."""

import streamlit as st

from pages.components import (
    catalogue_ask,
    catalogue_choice,
    catalogue_functions,
    catalogue_questions,
    catalogue_results,
    frame,
)

frame.title("Catalogues", "Functions to choose from in plain words, and how often that goes well.")
name = catalogue_choice.show()
if name is None:
    st.caption("There is no catalogue. Add one: JSON, Python, or an OpenAPI document.")
    st.stop()
VIEWS = {
    "Ask": catalogue_ask.show,
    "Functions": catalogue_functions.show,
    "Questions": catalogue_questions.show,
    "Results": catalogue_results.show,
}
view = st.segmented_control(
    "View",
    list(VIEWS),
    default="Ask",
    required=True,
    key="view",
    bind="query-params",
    label_visibility="collapsed",
)
VIEWS[view](name)

"""Choose an API, say what you want, take the call."""

import streamlit as st

from core.errors import CallwrightError
from pages.components import (
    api_choice,
    argument_form,
    call_view,
    document_view,
    frame,
    operation_list,
    resources,
    text,
)

frame.title("Operations")
api = api_choice.show()
if api is None:
    st.caption("Choose a sample API above, or upload your own document.")
    st.stop()


def choose(operation, key=api.key):
    st.query_params.update(call_view.address(key, operation))


def leave():
    st.query_params.pop("operation", None)
    st.session_state.pop("operations_shown", None)


question = st.text_input(
    "What do you want to do?",
    key="question",
    placeholder="In your own words: cancel a booking",
    icon=":material/search:",
    type="search",
    live="300ms",
    bind="query-params",
    on_change=leave,
)
label = st.query_params.get("operation")
if label is None:
    operation_list.search(api, question, choose)
    document_view.show(api)
    st.stop()

st.button("All operations", icon=":material/arrow_back:", type="tertiary", on_click=leave)
operation = api.find(label)
st.subheader(text.escape(operation.summary or operation.operation_id, limit=120), anchor=False)
st.markdown(text.label(operation))
document_view.show_description(operation.description)

call_column, form_column = st.columns([5, 3], gap="large")
try:
    with form_column:
        values = resources.values(api.key)
        filled = argument_form.show(operation, values, key=f"form_{operation.key}")
    with call_column:
        built, notes = argument_form.call(operation, values, filled)
        call_view.show(operation, built, notes)
except CallwrightError as error:
    with call_column:
        frame.show_error(error)

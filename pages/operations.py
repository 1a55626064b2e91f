"""Find an operation among all of them, fill it in, take the call."""

import streamlit as st

from core.errors import CallwrightError
from core.store.browse import find_labelled
from core.values import ExampleValues
from pages.components import (
    api_choice,
    argument_form,
    call_view,
    document_view,
    frame,
    operation_filter,
    operation_list,
    resources,
    text,
    upload,
)

frame.title("Operations")


def choose(operation):
    st.query_params.update(call_view.address(operation))


def leave():
    st.query_params.pop("operation", None)
    st.session_state.pop("operations_shown", None)


with st.container(horizontal=True, vertical_alignment="bottom"):
    api = api_choice.show(label="API", placeholder="All APIs")
    with st.popover("Upload", icon=":material/upload_file:"):
        added = upload.show("operations_upload")
if added:
    key = resources.key(added[0].sha256)
    st.switch_page(frame.OPERATIONS, query_params={"document": key})
question = st.text_input(
    "What do you want to do?",
    key="question",
    placeholder="In your own words: cancel a booking",
    icon=":material/search:",
    type="search",
    live="50ms",
    bind="query-params",
    on_change=leave,
)
label = st.query_params.get("operation")
if api is None or label is None:
    only = operation_filter.show(api.sha256 if api else "")
    operation_list.search(question, only, choose)
    if api:
        document_view.show_facts(api)
    st.stop()

st.button("All operations", icon=":material/arrow_back:", type="tertiary", on_click=leave)
row = find_labelled(resources.store(), api.sha256, label)
st.subheader(text.escape(row.summary or row.operation_id, limit=120), anchor=False)
st.markdown(text.label(row))
with st.spinner("Opening the document …"):
    operation = resources.cache().operation(*row.key)
document_view.show_description(operation.description)

call_column, form_column = st.columns([5, 3], gap="large")
try:
    values = ExampleValues(operation.document)
    with form_column:
        filled = argument_form.show(operation, values, key=f"form_{row.key}", api=api.api)
    with call_column:
        built, notes = argument_form.call(operation, values, filled)
        call_view.show(operation, built, notes, filled.environment.values())
except CallwrightError as error:
    with call_column:
        frame.show_error(error)

"""Paste a call, see whether the document allows it, and how it would be right."""

import streamlit as st

from core.errors import CallwrightError
from core.judgement import judge
from pages.components import api_choice, frame, resources, verdict_view

frame.title("Check", "Paste a call from anywhere: yours, a colleague's, a model's. Nothing is run.")
api = api_choice.show(label="API", placeholder="The API that the call is meant for")
if api is None:
    st.caption("Choose the API that the call is meant for.")
    st.stop()
with st.spinner("Opening the document …"):
    document = resources.document(api.sha256)

code_column, verdict_column = st.columns(2, gap="large")
with code_column:
    code = st.text_area(
        "The call, in any of ten languages",
        key="check_code",
        height=360,
        placeholder="curl https://api.example.com/pets -H 'Authorization: Bearer …'",
        persist_state="session",
    )
    if not code.strip():
        st.caption("The language is guessed. Paste whole statements, with the variables they use.")
        st.stop()
    language = verdict_view.language_choice(code)

with verdict_column:
    try:
        with st.spinner("Reading the call …"):
            judgement = judge(code, document, language)
    except CallwrightError as error:
        frame.show_error(error)
        st.stop()
    verdict_view.show(judgement, document)

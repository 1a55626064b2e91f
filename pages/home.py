"""What this is, what is here, and the shortest way to a call."""

import streamlit as st

from pages.components import (
    call_view,
    chat_start,
    document_cards,
    frame,
    operation_list,
    resources,
    upload,
)

EXAMPLES = ["cancel a booking", "where is my parcel", "weather for tomorrow", "pay an invoice"]


def choose(operation):
    st.session_state["home_goal"] = call_view.address(operation)


def ask_example():
    st.session_state["home_question"] = st.session_state["home_example"]
    st.session_state["home_example"] = None


def ask():
    st.session_state["home_asked"] = st.session_state["home_question"]


if "home_asked" in st.session_state:
    st.switch_page(frame.CHAT, query_params=chat_start.begin(st.session_state.pop("home_asked")))
if "home_goal" in st.session_state:
    st.switch_page(frame.OPERATIONS, query_params=st.session_state.pop("home_goal"))

frame.title("Right API calls, from the document itself")
st.markdown(
    "Give an OpenAPI document, say what you want to do, and take the call in your language. "
    "What the document does not describe cannot appear in it."
)

document_column, question_column = st.columns(2, gap="large")
with document_column:
    st.subheader("Your APIs", anchor=False)
    added = upload.show("home_upload")
    st.caption(
        "Swagger 2.0 or OpenAPI 3. Files that refer to each other go in together or as one zip. "
        "What you upload is sent nowhere else."
    )
    if added:
        key = resources.key(added[0].sha256)
        st.switch_page(frame.OPERATIONS, query_params={"document": key})

with question_column:
    st.subheader("Ask what is here", anchor=False)
    question = st.text_input(
        "What do you want to do?",
        key="home_question",
        placeholder="In your own words",
        icon=":material/search:",
        type="search",
        live="300ms",
        label_visibility="collapsed",
    )
    st.pills(
        "Examples",
        EXAMPLES,
        key="home_example",
        label_visibility="collapsed",
        wrap=True,
        on_change=ask_example,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Get the call",
            type="primary",
            icon=":material/forum:",
            shortcut="Ctrl+Enter",
            disabled=not question.strip(),
            on_click=ask,
        )
        document_cards.show_counts()

if question:
    hits = resources.index().search(question, limit=5).hits
    found = [hit.operation for hit in hits]
    operation_list.show(found, choose, key="home_operation", with_api=True)
    if not hits:
        st.caption("Nothing here has these words. Try others, or add your own document.")

document_cards.show()

"""What this is, and the shortest way to a call."""

import streamlit as st

from pages.components import call_view, frame, operation_list, resources, text, upload

EXAMPLES = ["cancel a booking", "where is my parcel", "weather for tomorrow", "pay an invoice"]


def choose(operation):
    st.session_state["home_goal"] = call_view.address(resources.sample_key(operation), operation)


def ask_example():
    st.session_state["home_question"] = st.session_state["home_example"]
    st.session_state["home_example"] = None


if "home_goal" in st.session_state:
    st.switch_page(frame.OPERATIONS, query_params=st.session_state.pop("home_goal"))

frame.title("Right API calls, from the document itself")
st.markdown(
    "Give an OpenAPI document, say what you want to do, and take the call in your language. "
    "What the document does not describe cannot appear in it."
)

document_column, question_column = st.columns(2, gap="large")
with document_column:
    st.subheader("Your API", anchor=False)
    uploaded = upload.show("home_upload")
    st.caption(
        "Swagger 2.0 or OpenAPI 3. Files that refer to each other go into one zip. "
        "What you upload is sent nowhere else."
    )
    if uploaded:
        st.switch_page(frame.OPERATIONS, query_params={"document": uploaded})

with question_column:
    st.subheader("Or ask the sample APIs", anchor=False)
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

if question:
    hits = resources.sample_index().search(question, 5)
    operation_list.show(
        [hit.operation for hit in hits], choose, key="home_operation", with_api=True
    )
    if not hits:
        st.caption("No sample API has these words. Try others, or upload your own document.")

st.subheader("Sample APIs", anchor=False)
for row in range(0, len(resources.samples()), 4):
    for column, api in zip(
        st.columns(4), list(resources.samples().values())[row : row + 4], strict=False
    ):
        with column.container(border=True, height="stretch"):
            st.page_link(
                frame.OPERATIONS,
                label=f"**{text.escape(api.title)}**",
                query_params={"document": api.key},
            )
            st.caption(text.escape(text.first_sentence(api.document.description), limit=110))

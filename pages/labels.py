"""People judge instruction candidates, and judges are measured by what people say."""

import streamlit as st

from core.store.guidelines import guidelines_now
from pages.components import (
    frame,
    label_files,
    label_guidelines,
    label_person,
    label_queue,
    label_samples,
    resources,
)

frame.title("Labels", "Good or bad? People decide, and rules and models are measured by them.")
VIEWS = {"queue": "Queue", "files": "People and files"}
label_samples.offer()
with st.container(horizontal=True, vertical_alignment="center"):
    view = st.segmented_control(
        "View",
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        default="queue",
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
    wanted = label_queue.show_choice() if view == "queue" else None
    person = label_person.show()

if view == "files":
    label_files.show()
elif person and wanted:
    label_queue.show(person, wanted, guidelines_now(resources.store()).version)
    label_guidelines.show(person)
else:
    label_person.show_names()
    label_guidelines.show("")

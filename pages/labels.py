"""People judge instruction candidates, and judges are measured by what people say."""

import streamlit as st

from core.store.guidelines import guidelines_now
from pages.components import (
    frame,
    label_agreement,
    label_bulk,
    label_files,
    label_guidelines,
    label_order,
    label_person,
    label_queue,
    label_samples,
    resources,
)

frame.title("Labels", "Good or bad? People decide, and rules and models are measured by them.")
VIEWS = ["Queue", "Bulk", "Agreement", "People"]
label_samples.offer()
with st.container(horizontal=True, vertical_alignment="center"):
    view = st.segmented_control(
        "View",
        VIEWS,
        default=VIEWS[0],
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
    wanted = label_order.show() if view == "Queue" else None
    person = label_person.show()

version = guidelines_now(resources.store()).version
if view == "People":
    label_files.show()
elif view == "Agreement":
    label_agreement.show(person)
elif view == "Bulk":
    label_bulk.show(person, version)
elif person and wanted:
    label_queue.show(person, wanted, version)
    label_guidelines.show(person)
else:
    label_person.show_names()
    label_guidelines.show("")

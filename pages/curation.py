"""Datasets of instructions and API calls: made from documents, looked into, taken away."""

import streamlit as st

from pages.components import curation_dataset, curation_form, curation_list, frame

frame.title("Curation", "From documents to instructions with the API calls that answer them.")
if name := st.query_params.get("dataset"):
    st.query_params["dataset"] = (
        name  # a link from Curation to Curation does not change the address
    )
    curation_dataset.show(name)
    st.stop()

curation_list.show()
curation_form.show()

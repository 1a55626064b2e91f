"""The documents of the workspace: add them, see what they are worth, replace and delete them."""

import streamlit as st

from core.store.documents import deleted_documents
from core.store.sources import source_figures, sources_by_document
from core.store.validations import validation_outcomes
from pages.components import (
    document_page,
    document_table,
    frame,
    import_form,
    job_view,
    resources,
)

frame.title("Specs", "The OpenAPI documents that everything else is made from.")
store = resources.store()
if address := st.query_params.get("document"):
    st.query_params["document"] = address  # a link from Specs to Specs does not change the address
    document_page.show(resources.find(address))
    st.stop()

import_form.show()
rows = list(resources.live().values())
st.subheader(job_view.counted(len(rows), "document"), anchor=False)
words = st.text_input(
    "Filter",
    key="specs_words",
    placeholder="Filter by title, provider or file name",
    icon=":material/filter_list:",
    type="search",
    label_visibility="collapsed",
    live="300ms",
    persist_state="session",
)
shown = document_table.matching(rows, words)
if not shown:
    st.caption("No document has these words." if rows else "There is none. Add one above.")
elif chosen := document_table.show(shown, sources_by_document(store), validation_outcomes(store)):
    st.switch_page(frame.SPECS, query_params={"document": resources.key(chosen.sha256)})
else:
    st.caption("Click a document to see what of it can be used, and what it is worth.")
document_page.offer_validation()

if rows:
    st.subheader("What each source has brought", anchor=False)
    document_table.show_figures(source_figures(store))
if deleted := deleted_documents(store):
    with st.expander(f"Deleted ({len(deleted):,})", icon=":material/delete:"):
        document_page.show_deleted(deleted)

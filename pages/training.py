"""Models that learn here: begun, watched, compared, used."""

import streamlit as st

from core.jobs import control
from core.store.training_runs import training_runs
from pages.components import frame, resources, training_form, training_list, training_run

RUNS, NEW = "Runs", "New run"

frame.title(
    "Training",
    "Teach a language model to write calls, or a retriever to find operations. Watch how often it "
    "is right while it learns, and use it.",
)
store = resources.store()
control.advance(store)
if number := st.query_params.get("run"):
    st.query_params["run"] = number  # a link from Training to Training does not change the address
    training_run.show(store, number)
    st.stop()
runs = training_runs(store)
view = NEW
if runs:
    view = st.segmented_control(
        "View",
        [RUNS, NEW],
        default=RUNS,
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
if view == NEW:
    training_form.show(store)
else:
    training_list.show(store, runs)

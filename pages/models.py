"""The models that find operations: which are here, up or down, and how to get the others."""

import streamlit as st

from core.inventory import embedders, rerankers
from core.store.preferences import with_preferences
from pages.components import (
    engine_view,
    frame,
    language_models,
    local_models,
    model_choice,
    resources,
)
from train.runs import searchers

frame.title("Models", "What answers questions here. Nothing is fetched unless you run a command.")
settings = with_preferences(resources.store()).settings

st.subheader("Engines", anchor=False)
engine_view.show()

st.subheader("Language models", anchor=False, help="Choose among operations, or write code.")
language_models.show()
local_models.show()
engine_view.show_ways()
language_models.show_usage()

st.subheader("Embedder", anchor=False, help="Finds operations by what they mean.")
engine_view.show_meaning()
models = embedders(settings.embedder, *searchers(resources.store(), "retriever"))
model_choice.show("embedder", models, settings.embedder, resources.vector_notes(models))

st.subheader("Reranker", anchor=False, help="Looks once more at the best that was found.")
models = rerankers(settings.reranker, *searchers(resources.store(), "reranker"))
model_choice.show("reranker", models, settings.reranker, {})

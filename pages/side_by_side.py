"""Two engines, one question: which call is better?"""

import streamlit as st

from pages.components import (
    duel_choice,
    duel_own,
    duel_results,
    duel_view,
    frame,
    resources,
)

frame.title(
    "Side by side",
    "Two engines answer the same question. Say which call is better, without their names if you "
    "like; the document has its own opinion.",
)
store = resources.store()
MEASURED, OWN = "Measured questions", "A question of my own"
questions = st.segmented_control(
    "Questions",
    [MEASURED, OWN],
    default=MEASURED,
    required=True,
    key="mode",
    bind="query-params",
    label_visibility="collapsed",
)
if questions == OWN:
    duel_own.show(store)
elif choice := duel_choice.show(store):
    duel_view.show(store, choice)
duel_results.show(store)

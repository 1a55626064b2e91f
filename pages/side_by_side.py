"""Two engines, one question: which call is better?"""

import streamlit as st

from core.store.runs import list_runs
from pages.components import duel_choice, duel_results, duel_view, frame, resources

frame.title(
    "Side by side",
    "Two engines answer the same question. Say which call is better, without their names if you "
    "like; the document has its own opinion.",
)
store = resources.store()
choice = duel_choice.show(list_runs(store))
if choice is None:
    st.caption("Two runs over the same questions are needed. The scoreboard makes them.")
    st.page_link(frame.SCOREBOARD, label="Open the scoreboard", icon=":material/leaderboard:")
    st.stop()
duel_view.show(store, choice)
duel_results.show(store)

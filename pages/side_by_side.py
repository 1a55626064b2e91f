"""Engines and their answers to one question: which call is better?"""

from pages.components import (
    address,
    duel_choice,
    duel_own,
    duel_results,
    duel_view,
    frame,
    resources,
)

frame.title(
    "Side by side",
    "Engines answer the same question. Say which call is better, without their names if you like; "
    "the document has its own opinion.",
)
store = resources.store()
MODES = {"measured": "Measured questions", "own": "A question of my own"}
mode = address.segmented_control("Questions", list(MODES), key="mode", format_func=MODES.get)
if mode == "own":
    duel_own.show(store)
elif choice := duel_choice.show(store):
    duel_view.show(store, choice)
duel_results.show(store)

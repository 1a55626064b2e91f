"""What stands where a conversation has not begun: questions to try, and those nothing answered."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from core.store.conversations import Conversation, Message, new_conversation, unanswered
from pages.components import frame, job_view, resources, text

EXAMPLES = {
    "Harbor Bookings": "cancel booking 8841",
    "Parcelroute": "everything about shipment shp_70311",
    "ChargeGrid": "what does ChargeGrid know about station PO-0033",
    "FleetWatch": "mileage and next service of fleet vehicle 318?",
    "Postbird": 'text +31612345678 "Your code is 481906"',
    "Ledgerly": "How much does customer 311 still owe us in total?",
}
"""A question for some of the sample APIs, by their titles."""
PATIENCE_SECONDS = 0.8
"""How long a page waits for an answer before it shows that one is looked for."""
_MOST_ROWS = 200


def begin(question: str) -> dict[str, str]:
    """Ask in a conversation of its own; the query of the address that shows it."""
    conversation = new_conversation(resources.store(), question)
    answer = resources.chat().ask(conversation.id, question)
    resources.chat().wait(answer, seconds=PATIENCE_SECONDS)
    return {"conversation": conversation.id}


def show_examples(ask: Callable[[str], None]) -> None:
    """Draw questions that a click asks; those of sample APIs that are there."""
    titles = {row.title for row in resources.live().values()}
    questions = [question for title, question in EXAMPLES.items() if title in titles]
    if not titles:
        st.caption("There is no API to ask about yet.")
        st.page_link(frame.SPECS, label="Add a document", icon=":material/upload_file:")
        return
    if questions:
        st.caption("Try one of these on the sample APIs:")
        with st.container(horizontal=True):
            for at, question in enumerate(questions):
                st.button(
                    text.escape(question),
                    key=f"chat_example_{at}",
                    icon=":material/chat_bubble:",
                    on_click=ask,
                    args=(question,),
                )


def show_unanswered() -> None:
    """Draw the questions that nothing answered, with their export."""
    found = unanswered(resources.store())
    if not found:
        return
    with st.expander(
        f"{job_view.counted(len(found), 'question')} that nothing here answers",
        icon=":material/contact_support:",
    ):
        st.caption("What people want and no document offers: a list of what to add next.")
        st.dataframe(
            [
                {
                    "asked": datetime.fromtimestamp(message.asked_at, UTC),
                    "question": text.plain(message.text),
                    "nearest": _nearest(message),
                    "conversation": text.plain(where.title, limit=60),
                }
                for where, message in found[:_MOST_ROWS]
            ],
            hide_index=True,
        )
        st.download_button(
            "Download as CSV",
            as_csv(found),
            file_name="unanswered.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def as_csv(found: list[tuple[Conversation, Message]]) -> str:
    """The questions as a table for spreadsheets, which run nothing of what they say."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["asked_at", "question", "api", "nearest", "confidence", "conversation"])
    for where, message in found:
        answer = message.answer.answer
        confidence = f"{answer.confidence:.3f}" if answer else ""
        when = datetime.fromtimestamp(message.asked_at, UTC).isoformat(timespec="seconds")
        cells = [when, message.text, message.api, _nearest(message), confidence, where.id]
        rows.writerow(map(_harmless, cells))
    return written.getvalue()


def _nearest(message: Message) -> str:
    answer = message.answer.answer
    return answer.calls[0].label if answer and answer.calls else ""


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell

"""What people asked a catalogue in the chat, and what they liked the answer of.

>>> found = chat_questions(store, open_catalogue(workspace, "map-drawing"))
>>> found[0].question, found[0].function
('circle around Oslo please', 'shapes.draw_circle')

A catalogue is talked to as an API of its name. A thumb up says that the shown call is the right
one: such a question is an example like those that people write. Of the others nobody knows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from core.arguments.filling import arguments_of
from core.catalogue.asking import Example
from core.catalogue.function import Catalogue, function_paths
from core.document_cache import DocumentCache
from core.errors import CallwrightError
from core.kept_answer import KeptCall, evidence_of
from core.store.conversations import Message, asked_questions
from core.store.database import Store
from core.store.documents import live_documents

CHAT = "chat"
"""The origin of such examples."""


def chat_questions(store: Store, catalogue: Catalogue) -> list[Example]:
    """Every question about the catalogue, once; ``function`` is empty where no answer was liked.

    Follow-ups and pasted code are no questions.
    """
    apis = {row.api for row in live_documents(store) if row.title == catalogue.name}
    found: dict[str, Example] = {}
    for message in asked_questions(store):
        if _is_question(message) and _is_about(message, apis):
            example = _example(store, message, catalogue)
            known = found.get(example.id)
            if known is None or (example.function and not known.function):
                found[example.id] = example
    return list(found.values())


def liked_questions(store: Store, catalogue: Catalogue) -> list[Example]:
    """Those whose right call is known."""
    return [each for each in chat_questions(store, catalogue) if each.function]


def _is_question(message: Message) -> bool:
    answer = message.answer.answer
    return answer is not None and not answer.judged and answer.asked.strip() == message.text.strip()


def _is_about(message: Message, apis: set[str]) -> bool:
    """Whether the API was chosen, or is that of the call that was found."""
    shown = message.answer.shown
    return message.api in apis or (shown is not None and shown.api in apis)


def _example(store: Store, message: Message, catalogue: Catalogue) -> Example:
    words = message.text.strip()
    name = hashlib.sha256(f"{CHAT}\0{words.casefold()}".encode()).hexdigest()[:12]
    shown = message.answer.shown
    if message.answer.vote != "up" or shown is None:
        return Example(name, words, "", {}, CHAT)
    label = next(_labels(shown, catalogue), "")
    arguments = _arguments(store, shown) if label else {}
    return Example(name, words, label, arguments, CHAT)


def _labels(call: KeptCall, catalogue: Catalogue) -> Iterator[str]:
    """The function that an operation stands for: by the path that was made for it, or its name."""
    by_path = function_paths(catalogue.functions)
    if call.path in by_path:
        yield by_path[call.path].label
    yield from (each.label for each in catalogue.functions if each.name == call.operation_id)


def _arguments(store: Store, call: KeptCall) -> dict[str, object]:
    try:
        operation = DocumentCache(store).operation(*call.key)
    except CallwrightError:
        return {}  # its document has gone
    given = arguments_of(evidence_of(call, operation))
    places = [place for place in given.values() if isinstance(place, dict)]
    return {name: value for place in places for name, value in place.items()}

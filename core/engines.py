"""The engines by the one name that commands, addresses, rows and boards use for them.

>>> open_engine("grounded", store).answer("cancel booking 8841", EVERYTHING)

An engine is listed whether or not it can be used here: what is missing is said with the command or
the setting that brings it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.answer import Engine
from core.document_cache import DocumentCache
from core.errors import UnknownNameError
from core.grounded import workspace_engine
from core.retrieval.workspace_index import WorkspaceIndex
from core.store.database import Store
from core.store.preferences import with_preferences

DEFAULT = "grounded"


@dataclass(frozen=True)
class Parts:
    """What engines share with the process that opens them."""

    store: Store
    cache: DocumentCache
    words: WorkspaceIndex


@dataclass(frozen=True)
class EngineKind:
    """One way to come from words to a call."""

    title: str
    about: str
    """A sentence for people who choose."""
    open: Callable[[Parts], Engine]
    missing: Callable[[Store], str] = lambda _: ""
    """What it lacks here, and how to get it; empty where it can be used."""


def _open_grounded(parts: Parts) -> Engine:
    store = with_preferences(parts.store)
    return workspace_engine(store, cache=parts.cache, words=parts.words)


ENGINES: dict[str, EngineKind] = {
    DEFAULT: EngineKind(
        "Grounded",
        "Finds the operation by words and meaning, and fills it with the values of the question. "
        "No language model, and nothing that the document does not describe.",
        _open_grounded,
    ),
}


def engine_kind(name: str) -> EngineKind:
    """The engine of that name; raises ``UnknownNameError``, which says what there is."""
    try:
        return ENGINES[name]
    except KeyError:
        raise UnknownNameError("engine", name, ENGINES) from None


def parts_of(store: Store) -> Parts:
    """What engines need, for a process that has none of it yet."""
    return Parts(store, DocumentCache(store), WorkspaceIndex(store))


def open_engine(name: str, store: Store) -> Engine:
    """An engine of one's own over a workspace. Raises ``UnknownNameError``."""
    return engine_kind(name).open(parts_of(store))

"""What all sessions share: the workspace, its documents, its search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from core.chat import Chat
from core.document_cache import DocumentCache
from core.engines import DEFAULT, Parts
from core.grounded import WorkspaceEngine
from core.inventory import Model
from core.jobs import control
from core.jobs.indexing import ask_for_index
from core.library import entries_of
from core.openapi.difference import Difference, difference
from core.openapi.document import Document
from core.retrieval.coverage import covered
from core.retrieval.embed import load_embedder
from core.retrieval.vectors import vectors_folder
from core.retrieval.workspace_index import WorkspaceIndex
from core.samples import add_samples
from core.settings import Settings
from core.store import browse, documents, versions
from core.store.database import Store, open_store
from core.store.documents import StoredDocument
from core.store.preferences import with_preferences
from pages.components import text

_KEY_CHARACTERS = 16
"""Of a document's hash, which name it in addresses."""


@st.cache_resource(show_spinner="Opening the workspace …")
def store() -> Store:
    """The workspace, with the sample APIs; what was interrupted with the machine goes on."""
    opened = open_store(Settings.from_environment())
    add_samples(opened)
    ask_for_index(with_preferences(opened))
    control.advance(opened)
    return opened


@st.cache_resource(show_spinner=False)
def cache() -> DocumentCache:
    """The parsed documents that were used last."""
    return DocumentCache(store())


@st.cache_resource(show_spinner=False)
def index() -> WorkspaceIndex:
    """The words of every operation."""
    return WorkspaceIndex(store())


@st.cache_resource(show_spinner=False, on_release=Chat.close)
def chat() -> Chat:
    """What answers messages, in threads of this server."""
    return Chat(Parts(store(), cache(), index()))


def grounded() -> WorkspaceEngine:
    """The engine that needs no language model, as this server has it."""
    engine = chat().engine(DEFAULT)
    assert isinstance(engine, WorkspaceEngine)
    return engine


def live() -> dict[str, StoredDocument]:
    """What people see, by key and in order of the titles."""
    return _live(documents.revision(store()))


@st.cache_resource(show_spinner=False, max_entries=2)
def _live(revision: int) -> dict[str, StoredDocument]:
    return {key(row.sha256): row for row in documents.live_documents(store())}


def names() -> dict[str, str]:
    """What people tell live documents apart by, by key."""
    return _names(documents.revision(store()))


@st.cache_resource(show_spinner=False, max_entries=2)
def _names(revision: int) -> dict[str, str]:
    rows = _live(revision)
    return dict(zip(rows, text.distinct(map(text.document_name, rows.values())), strict=True))


def key(sha256: str) -> str:
    """What addresses call a document."""
    return sha256[:_KEY_CHARACTERS]


def find(address: str) -> StoredDocument:
    """The document that an address names, also a deleted or replaced one. Raises ``StoreError``."""
    return live().get(address) or documents.document_at(store(), address)


def document(sha256: str) -> Document:
    """A parsed document; large ones take a second. Raises ``StoreError``."""
    return cache().get(sha256)


def methods(sha256: str) -> Counter[str]:
    """How many operations have each method, of one document or of all."""
    return _methods(sha256, documents.revision(store()))


@st.cache_data(show_spinner=False, max_entries=100)
def _methods(sha256: str, revision: int) -> Counter[str]:
    return browse.count_methods(store(), sha256)


@st.cache_data(show_spinner=False, max_entries=100)
def tags(sha256: str) -> Counter[str]:
    """How many operations of a document have each tag."""
    return browse.count_tags(store(), sha256)


def likely_versions(sha256: str) -> list[StoredDocument]:
    """Live documents that look like versions of this one, the most alike first."""
    return _likely_versions(sha256, documents.revision(store()))


@st.cache_resource(show_spinner=False, max_entries=100)
def _likely_versions(sha256: str, revision: int) -> list[StoredDocument]:
    return versions.likely_versions(store(), sha256)


@st.cache_data(show_spinner="Comparing the versions …", max_entries=20)
def changes(old: str, new: str) -> Difference:
    """What a newer version of a document changes."""
    return difference(document(old), document(new))


def vector_notes(models: Sequence[Model]) -> dict[str, str]:
    """For how many operations each embedder has vectors, by name; only those that have some."""
    now = documents.revision(store())
    counts = {model.name: _covered(model.name, now, _vectors_at(model.name)) for model in models}
    total = sum(row.num_operations for row in live().values())
    return {name: f"vectors of {count:,} of {total:,}" for name, count in counts.items() if count}


def _vectors_at(embedder: str) -> int:
    """When the vectors of an embedder changed last; 0 where there are none."""
    folder = vectors_folder(store().workspace, load_embedder(embedder).name)
    return folder.stat().st_mtime_ns if folder.is_dir() else 0


@st.cache_data(show_spinner=False, max_entries=20)
def _covered(embedder: str, revision: int, changed_at: int) -> int:
    return covered(entries_of(store()), store().workspace, embedder) if changed_at else 0

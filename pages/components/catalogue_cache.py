"""Catalogues, their engines and their questions, opened once for all sessions."""

from __future__ import annotations

import streamlit as st

from core.catalogue.asking import Example, FunctionEngine, GroundedFunctions
from core.catalogue.folder import folder_of, open_catalogue, read_questions
from core.catalogue.function import Catalogue
from core.retrieval.embed import load_embedder
from core.settings import NONE
from pages.components import resources


def catalogue(name: str) -> Catalogue:
    """A catalogue of functions. Raises ``UnknownNameError``."""
    path = folder_of(resources.store().workspace, name) / "catalogue.json"
    return _catalogue(name, path.stat().st_mtime_ns if path.exists() else 0)


@st.cache_resource(show_spinner=False, max_entries=50)
def _catalogue(name: str, written_at: int) -> Catalogue:
    return open_catalogue(resources.store().workspace, name)


@st.cache_resource(show_spinner="Reading what the functions mean …", max_entries=10)
def engine(name: str, sha256: str) -> FunctionEngine:
    """What answers questions over a catalogue of that content. Raises ``ModelError``."""
    embedder = resources.store().settings.embedder
    wanted = None if embedder == NONE else load_embedder(embedder)
    return GroundedFunctions([catalogue(name)], wanted)


def examples(name: str) -> tuple[Example, ...]:
    """The labelled questions of a catalogue. Raises ``StoreError``."""
    path = folder_of(resources.store().workspace, name) / "questions.json"
    return _examples(name, path.stat().st_mtime_ns) if path.exists() else ()


@st.cache_resource(show_spinner=False, max_entries=50)
def _examples(name: str, written_at: int) -> tuple[Example, ...]:
    return read_questions(resources.store().workspace, name).examples

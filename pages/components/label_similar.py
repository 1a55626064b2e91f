"""Candidates that say much the same as one of them: by their words first, then by meaning."""

from __future__ import annotations

import numpy as np
import streamlit as st
from rapidfuzz import fuzz, process

from core.retrieval.embed import Embedder, Matrix, load_embedder
from core.store.candidate_filter import CandidateFilter, matching
from core.store.candidates import StoredCandidate, find_candidate, find_candidates, walk
from pages.components import resources

_LOOKED_AT = 300
"""Candidates near by their words, whose meaning is compared; a model reads about 50 a second."""
_SHOWN = 50
_LONGEST = 500


def similar(key: str, wanted: CandidateFilter) -> list[StoredCandidate]:
    """What is most like a candidate among those that a filter finds, itself first."""
    near = _near(key, frozenset(matching(resources.store(), wanted)))
    with st.spinner("Comparing what they mean …"):
        vectors = _vectors(tuple(found.candidate.text[:_LONGEST] for found in near))
    order = np.argsort(-(vectors @ vectors[0]), kind="stable")
    return [near[place] for place in order[:_SHOWN]]


def _near(key: str, among: frozenset[str]) -> list[StoredCandidate]:
    """A candidate, and those with the most words in common."""
    asked = find_candidate(resources.store(), key)
    texts = {
        row.key: row.text[:_LONGEST]
        for row in walk(resources.store(), ("key", "text"))
        if row.key in among and row.key != key
    }
    found = process.extract(
        asked.candidate.text[:_LONGEST], texts, scorer=fuzz.token_set_ratio, limit=_LOOKED_AT
    )
    return [asked, *find_candidates(resources.store(), [name for _, _, name in found])]


@st.cache_resource(show_spinner=False)
def _embedder() -> Embedder:
    return load_embedder()


@st.cache_data(show_spinner=False, max_entries=20)
def _vectors(texts: tuple[str, ...]) -> Matrix:
    return _embedder().passages(texts)

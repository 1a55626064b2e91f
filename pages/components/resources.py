"""What all sessions share: the sample APIs, uploaded documents, and what was found out of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import streamlit as st

from core.errors import CallwrightError, DocumentError
from core.openapi.document import document_of, read_document
from core.openapi.files import FileSet, read_upload
from core.openapi.operation import Operation
from core.openapi.validation import ValidationReport, validate
from core.retrieval.lexical import LexicalIndex
from core.values import ExampleValues
from pages.components.api import Api

SAMPLES = Path(__file__).parents[2] / "examples" / "documents"

_KEPT_UPLOADS = 6
"""Uploads that the server holds in memory at a time; the largest public document takes 350 MB."""


def sample_keys() -> list[str]:
    """The sample APIs, by the names of their files."""
    return sorted(path.stem for path in SAMPLES.iterdir() if not path.name.startswith("."))


def api(key: str) -> Api:
    """The API that an address names: a sample, or ``<hash of an upload>/<file>``.

    Raises ``CallwrightError``.
    """
    upload, _, entry = key.partition("/")
    return _uploaded_api(upload, entry) if entry else _sample_api(key)


def add_upload(name: str, data: bytes) -> list[str]:
    """Keep uploaded bytes; the keys of the documents in them. Raises ``DocumentError``."""
    upload = hashlib.sha256(data).hexdigest()[:16]
    files = _uploaded_files(upload, name, data)
    return [f"{upload}/{entry}" for entry in files.entries()]


@st.cache_resource(show_spinner=False, max_entries=_KEPT_UPLOADS)
def _uploaded_files(upload: str, _name: str = "", _data: bytes | None = None) -> FileSet:
    if _data is None:
        raise DocumentError(
            "This address names an upload that the server no longer holds. Upload it again."
        )
    return read_upload(_name, _data)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_UPLOADS)
def _uploaded_api(upload: str, entry: str) -> Api:
    files = _uploaded_files(upload)
    if entry not in files.entries():
        raise DocumentError(f"The upload holds no document “{entry}”. Choose one of the list.")
    return Api(f"{upload}/{entry}", document_of(files, entry))


@st.cache_resource(show_spinner=False)
def _sample_api(key: str) -> Api:
    for path in SAMPLES.iterdir():
        if path.stem == key:
            return Api(key, read_document(path))
    raise CallwrightError(f"There is no sample API “{key}”. Choose one of the list.")


@st.cache_resource(show_spinner="Reading the sample APIs …")
def samples() -> dict[str, Api]:
    """Every sample API by its key."""
    return {key: _sample_api(key) for key in sample_keys()}


def sample_key(operation: Operation) -> str:
    """The key of the sample API that an operation belongs to."""
    return next(key for key, api in samples().items() if api.document is operation.document)


@st.cache_resource(show_spinner="Indexing the sample APIs …")
def sample_index() -> LexicalIndex[Operation]:
    """The words of every operation of every sample API."""
    return LexicalIndex([found for api in samples().values() for found in api.operations()])


@st.cache_resource(show_spinner=False, max_entries=_KEPT_UPLOADS)
def values(key: str) -> ExampleValues:
    """The value policy of an API's calls; it remembers the samples that it made."""
    return ExampleValues(api(key).document)


@st.cache_data(show_spinner="Validating, at most 20 seconds …", max_entries=50)
def validation(key: str) -> ValidationReport:
    """What the OpenAPI Specification says against a document."""
    return validate(api(key).document.root)

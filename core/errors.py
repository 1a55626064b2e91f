"""What can go wrong, in words for the person at the screen.

    CallwrightError
    ├── DocumentError      a document (or a set of files) cannot be read
    │   └── DanglingReferenceError a ``$ref`` leads nowhere, in a circle or outside the uploaded set
    ├── OperationError     one operation cannot be turned into a request
    ├── RequestError       a value cannot be sent where it was put
    ├── SettingsError      an environment variable says something that cannot be
    ├── StoreError         the workspace or its database cannot be used, or has no such row
    ├── ModelError         a model is not there, or cannot be loaded
    │   └── NoReplyError       a model has no reply to one question; others are not touched
    ├── PromptError        the text of a prompt cannot be filled in
    ├── FetchError         a web address cannot, or must not, be read
    ├── DatasetError       a dataset cannot be made as it was asked for, or a step of it not yet
    └── UnknownNameError   a name is not one of those that exist

Every message says where, what is wrong, and what to do next. Pages and commands show the text of
a ``CallwrightError`` as it is; anything else is a defect of ours and is logged with its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CallwrightError(Exception):
    """A problem that its message explains to the person who can solve it."""


class DocumentError(CallwrightError):
    """A document, or the set of files it came in, cannot be read."""


class DanglingReferenceError(DocumentError):
    """A ``$ref`` points at nothing, at itself, or outside the files that were given."""


class OperationError(CallwrightError):
    """One operation cannot be listed or turned into a request; the others are not touched."""


class RequestError(CallwrightError):
    """A value is not legal at its place in an HTTP request."""


class SettingsError(CallwrightError):
    """An environment variable holds a value that is none of those it can have."""


class StoreError(CallwrightError):
    """The workspace or its database cannot be used, or what was asked for is not in it."""


class ModelError(CallwrightError):
    """An embedder, a reranker or a language model cannot be had; the message says how to get it."""


class NoReplyError(ModelError):
    """A model is there and has no reply to this: it is too long, or refused by its server."""


class PromptError(CallwrightError):
    """A prompt's text has a mistake, or other places than it is given values for."""


class FetchError(CallwrightError):
    """A web address cannot be read, or must not be: it leads into a private network."""


class DatasetError(CallwrightError):
    """A dataset cannot be made as it was asked for, or a step lacks what the one before makes."""


class UnknownNameError(CallwrightError):
    """A name that somebody typed is not among those that exist."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = list(known)
        close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        meant = f" Did you mean {', '.join(close)}?" if close else ""
        shown = ", ".join(names[:30]) + (f", … ({len(names)} in all)" if len(names) > 30 else "")
        super().__init__(f"There is no {kind} “{name}”.{meant} There are: {shown}.")

"""Which API a document describes: the same for all of its versions, by one function.

>>> identity_of(document)
Identity(provider='spinitron.com', api='spinitron.com/spinitron api')

Splits, twins and filters all mean this by “the same API”: the provider and the title without its
version. It is a guess from what documents say of themselves, so two documents may share it that
describe different parts of one API.
"""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.openapi.document import Document
from core.openapi.server import servers_of

_LONGEST = 200
"""Characters of a provider or title that count."""
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"})
"""What stands before a country's two letters where names are given out one level deeper."""
_SHARED = frozenset(
    {
        "appspot.com",
        "azurewebsites.net",
        "cloudfront.net",
        "firebaseapp.com",
        "fly.dev",
        "github.io",
        "gitlab.io",
        "herokuapp.com",
        "netlify.app",
        "onrender.com",
        "pages.dev",
        "rapidapi.com",
        "run.app",
        "vercel.app",
        "workers.dev",
    }
)
"""Hosts of many people: the name before them is whose it is."""
_NOWHERE = frozenset({"example", "invalid", "local", "localhost", "test", "internal"})
_version = re.compile(
    r"""
    \b(?:v|ver|version|rev|revision|release)\.?[\s-]*\d+(?:[._]\d+)*\w*\b
    | \b\d+(?:\.\d+)+\w*\b
    | \b\d{4}-\d\d-\d\d(?:-\w+)?\b
    """,
    re.VERBOSE,
)
_not_a_word = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who offers an API, and the name under which its versions are one."""

    provider: str
    """A domain such as ``spinitron.com``; empty where the document does not tell."""
    api: str
    """``spinitron.com/spinitron api``; only the title where the provider is unknown."""


def identity_of(document: Document) -> Identity:
    """The identity of the API that a document describes."""
    provider = _provider(document)
    title = title_without_version(document.title)
    return Identity(provider, f"{provider}/{title}" if provider else title)


def title_without_version(title: str) -> str:
    """A title in small letters without its version: ``Pets API (v2.1)`` → ``pets api``."""
    lower = title[:_LONGEST].casefold()
    bare = _not_a_word.sub(" ", _version.sub(" ", lower)).strip()
    return bare or _not_a_word.sub(" ", lower).strip() or lower


def _provider(document: Document) -> str:
    """What the APIs.guru directory says (``x-providerName``), else the domain of the server."""
    info = document.root.get("info")
    named = info.get("x-providerName") if isinstance(info, dict) else None
    if isinstance(named, str) and named.strip():
        return " ".join(named.split()).casefold()[:_LONGEST]
    return next(filter(None, (_domain(server.url) for server in servers_of(document))), "")


def _domain(url: str) -> str:
    """The part of a URL's host that belongs to somebody; empty for addresses and examples."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return ""
    labels = [label for label in host.strip(".").split(".") if label]
    if len(labels) < 2 or labels[-1] in _NOWHERE or labels[-2] == "example":
        return ""
    is_deeper = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    is_deeper = is_deeper or ".".join(labels[-2:]) in _SHARED
    return ".".join(labels[-3 if is_deeper else -2 :])[:_LONGEST]

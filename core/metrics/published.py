"""API Pack's two scores: does a call name the wanted URL, and is its text like the wanted one's?

>>> score("curl --request PUT --url http://a.example/pets", wanted, "curl").intent
True

As its published evaluation has them (arXiv 2402.09615 section 4; ``eval_combine.py``), with what
they let pass, so that figures can be compared:

- The method is not looked at, and neither are headers and body beyond the likeness of the texts.
- Of Node's calls the query stands outside the text that counts as URL.
- In Python a ``PATCH``, ``HEAD`` or ``OPTIONS`` is never right: only the letters of GET, POST, PUT
  and DELETE are read. Host and path are compared apart.
- Only URLs of cURL and Python are percent-decoded; other languages compare them as written.
- A URL is read only as openapi-snippet writes it: ``curl https://…`` without ``--url`` has none.

The score for everything else is :mod:`core.metrics.request_score`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from core.errors import UnknownNameError
from core.metrics.similarity import is_similar

_Urls = tuple[str, ...]
"""The texts that are compared one by one; empty where a call has none."""


@dataclass(frozen=True, slots=True)
class PublishedScore:
    """What API Pack says of one call."""

    intent: bool
    """“Intent” or “endpoint” accuracy counts it."""
    call: bool
    """“API call” accuracy counts it; never without ``intent``."""


def score(given: str, wanted: str, language: str) -> PublishedScore:
    """API Pack's opinion of a call. Raises ``UnknownNameError`` for a language it has not."""
    if language not in _FIND_URLS:
        raise UnknownNameError("language", language, _FIND_URLS)
    find = _FIND_URLS[language]
    given_urls, wanted_urls = find(given), find(wanted)
    intent = bool(given_urls and wanted_urls) and all(map(is_similar, given_urls, wanted_urls))
    return PublishedScore(intent, intent and is_similar(given, wanted))


def _first(pattern: str) -> Callable[[str], _Urls]:
    search = re.compile(pattern).search

    def find(code: str) -> _Urls:
        found = search(code)
        return (found[1],) if found else ()

    return find


_curl_url = _first(r"--url\s+(\S+)")
_go_url = _first(r'url\s*:=\s*"([^"]+)"')
_sends_go_url = re.compile(r'http\.NewRequest\("[A-Z]+",\s*url,').search
_python_host = _first(r'http\.client\.HTTPS?Connection\("([^"]+)"\)')
_python_target = _first(r'conn\.request\("[DEGLOPSTU]*", "([^"]+)"')


def _curl(code: str) -> _Urls:
    return tuple(map(unquote, _curl_url(code)))


def _go(code: str) -> _Urls:
    return _go_url(code) if _sends_go_url(code) else ()


def _python(code: str) -> _Urls:
    host, target = _python_host(code), _python_target(code)
    if not host or not target:
        return ()
    return _trimmed(host[0]), _trimmed(unquote(target[0]))


def _trimmed(text: str) -> str:
    return text.rstrip(".").rstrip("/")


_FIND_URLS: dict[str, Callable[[str], _Urls]] = {
    "curl": _curl,
    "go": _go,
    "java": _first(r'\.url\("([^"]+)"\)'),
    "javascript": _first(r'xhr\.open\("[A-Z]+",\s*"([^"]+)"'),
    "libcurl": _first(r'curl_easy_setopt\(\s*hnd,\s*CURLOPT_URL,\s*"([^"]+)"\s*\)'),
    "node": _first(r"url:\s*'([^']+)'"),
    "php": _first(r'CURLOPT_URL\s*=>\s*"([^"]+)"'),
    "python": _python,
    "ruby": _first(r'URI\("([^"]+)"\)'),
    "swift": _first(r'NSURL\(string:\s*"([^"]+)"\)'),
}

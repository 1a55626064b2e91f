"""Calls that a document brings for its operations, kept where they prove right.

API Pack took such calls as they were, and lost a third of them to keywords
(``x-sdk-operations`` of one company). Here they are read, and judged by their document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.openapi.operation import CodeSample, Operation
from core.parse import parse
from core.render import CLIENTS
from core.store.text import is_storable
from pipeline.drop import DropRow, Tally
from pipeline.objection import objection

LANGS = {
    client.language: client.api_pack_lang for client in CLIENTS.values() if client.api_pack_lang
}
"""API Pack's name of each language."""

_LANGUAGE_OF = {
    "bash": "curl",
    "c": "libcurl",
    "curl": "curl",
    "go": "go",
    "golang": "go",
    "java": "java",
    "javascript": "javascript",
    "js": "javascript",
    "libcurl": "libcurl",
    "node": "node",
    "node.js": "node",
    "nodejs": "node",
    "php": "php",
    "python": "python",
    "python3": "python",
    "ruby": "ruby",
    "sh": "curl",
    "shell": "curl",
    "shell/curl": "curl",
    "swift": "swift",
}
"""Our languages by what documents call them, in small letters."""


_MOST_BYTES = 20_000
"""Of a call: longer ones are programs."""


def own_calls(
    operation: Operation, key: str, source: str, languages: Sequence[str], tally: Tally
) -> Iterator[tuple[str, str]]:
    """The language and code of each call that an operation brings and that is legal."""
    for number, sample in enumerate(operation.code_samples, 1):
        tally.enter(source, "own calls")
        name = f"{key} sample {number}"
        with tally.dropping("own-unread", source, name, operation.label):
            filter_, reason = _refused(sample, operation, languages)
            if filter_:
                tally.drop(DropRow(filter_, source, name, operation.label, reason, sample.source))
                continue
            tally.leave(source, "own calls")
            yield _language(sample), sample.source


def _refused(sample: CodeSample, operation: Operation, languages: Sequence[str]) -> tuple[str, str]:
    """The filter that takes a sample, and why; empty where none does."""
    language = _language(sample)
    if language not in languages:
        return "own-language", f"It is in “{sample.language[:40] or 'no language'}”."
    if not is_storable(sample.source, _MOST_BYTES):
        return "own-unread", f"It is longer than {_MOST_BYTES:,} bytes, or no text."
    parsed = parse(sample.source, language)
    if parsed.request is None:
        return "own-unread", parsed.reason
    reason = objection(parsed.request, operation)
    return ("own-illegal", reason) if reason else ("", "")


def _language(sample: CodeSample) -> str:
    return _LANGUAGE_OF.get(sample.language.strip().lower(), "")

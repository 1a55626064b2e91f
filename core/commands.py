"""What the commands do; their words and options are in :mod:`core.__main__`.

Results go to standard output, everything else to standard error, so that output can be piped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import batch
from core.assignment import read_assignments
from core.build import Choices, build
from core.har import har, har_request
from core.judgement import judge
from core.openapi.document import Document, document_of
from core.openapi.files import read_path
from core.openapi.listing import find_operation, operations
from core.openapi.operation import Dropped, Operation
from core.render import client
from core.values import POLICIES

_MOST_REASONS = 20
_EXIT_CODES = {"valid": 0, "illegal": 1, "no call": 1, "undecidable": 3}


@dataclass(frozen=True)
class RenderOptions:
    """What a person asks of one call."""

    client: str
    assignments: Sequence[tuple[str, str]] = ()
    body: str | None = None
    required_only: bool = True
    values: str = "example"
    media_type: str | None = None
    server: str | None = None
    security: int = 1
    """Which of the alternatives, counted from 1."""


def list_operations(source: Path, *, as_json: bool) -> None:
    """Prints one line per operation, as they are read. Raises ``CallwrightError``."""
    num_listed = num_dropped = 0
    for found in operations(_read(source)):
        if isinstance(found, Dropped):
            num_dropped += 1
            _say(f"left out: {found.where}: {found.reason}")
            continue
        num_listed += 1
        print(_json(_described(found)) if as_json else _line(found))
    _say(f"{num_listed} operations" + (f", {num_dropped} left out" if num_dropped else ""))


def render_operation(source: Path, label: str, options: RenderOptions, *, form: str) -> None:
    """Prints one call as code, JSON or HAR. Raises ``CallwrightError``."""
    operation = find_operation(_read(source), label)
    given = read_assignments(
        operation, options.assignments, body=options.body, media_type=options.media_type
    )
    built = build(
        operation,
        POLICIES[options.values](operation.document),
        arguments=given.arguments,
        choices=Choices(
            media_type=options.media_type,
            server=options.server,
            security=options.security - 1,
            required_only=options.required_only,
        ),
    )
    notes = [*operation.warnings, *given.notes, *built.notes]
    if form == "har":
        print(json.dumps(har(built.request), ensure_ascii=False, indent=2))
    elif form == "json":
        row = {
            **_described(operation),
            "client": options.client,
            "code": client(options.client).render(built.request),
            "notes": notes,
            "request": har_request(built.request),
        }
        print(_json(row))
        return
    else:
        print(client(options.client).render(built.request))
    for note in notes:
        _say(f"note: {note}")


def render_all(source: Path, order: batch.Order, *, workers: int, as_json: bool) -> None:
    """Renders every operation of every document; prints counts and why some were lost.

    Raises ``CallwrightError``.
    """
    tallies = []
    for tally in batch.render_all(source, order, workers=workers):
        tallies.append(tally)
        if tally.reason:
            _say(f"left out: {tally.document}: {tally.reason}")
    report = batch.summary(tallies)
    text = json.dumps(report, ensure_ascii=False, indent=2)
    path = order.out / "summary.json"
    path.write_text(text + "\n", encoding="utf-8")
    if as_json:
        print(text)
        return
    print(
        f"{report['documents']} documents, {report['operations']} operations, "
        f"{report['calls']} calls in {len(order.clients)} clients → {order.out}"
    )
    _print_reasons(tallies)


def check_call(source: Path, code: Path, *, language: str | None, as_json: bool) -> int:
    """Prints the verdict on a call; the exit code says it too. Raises ``CallwrightError``."""
    judgement = judge(_code(code), _read(source), language)
    if as_json:
        print(_json(judgement.as_json()))
    else:
        print("\n".join(map(_printable, judgement.lines())))
    return _EXIT_CODES[judgement.status]


def _code(path: Path) -> str:
    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    return data.decode("utf-8", errors="replace")


def _print_reasons(tallies: Iterable[batch.Tally]) -> None:
    found = batch.reasons(tallies)
    if not found:
        print("Nothing was left out.")
        return
    print("Left out:")
    for reason, count in found.most_common(_MOST_REASONS):
        print(f"{count:8}  {_plain(reason)}")
    if len(found) > _MOST_REASONS:
        print(f"          … {len(found) - _MOST_REASONS} more kinds in summary.json")


def _read(source: Path) -> Document:
    """The document that is meant; of several, the first, and that is said."""
    files = read_path(source)
    entries = files.entries()
    if len(entries) > 1:
        _say(f"{source} holds {len(entries)} documents; this is {entries[0]}.")
    return document_of(files, entries[0])


def _described(operation: Operation) -> dict[str, Any]:
    return {
        "operation": operation.label,
        "operation_id": operation.operation_id,
        "pointer": operation.pointer,
        "summary": operation.summary,
        "tags": operation.tags,
        "media_types": [media_type.name for media_type in operation.media_types],
        "deprecated": operation.deprecated,
    }


def _line(operation: Operation) -> str:
    deprecated = "  (deprecated)" if operation.deprecated else ""
    line = f"{operation.method:7} {operation.path}  {operation.summary}"
    return _plain(line).rstrip() + deprecated


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _say(text: str) -> None:
    print(_plain(text), file=sys.stderr)


def _plain(text: str) -> str:
    """A stranger's text on one line, without what would steer a terminal."""
    return _printable(" ".join(text.splitlines()))


def _printable(text: str) -> str:
    return "".join([char if char.isprintable() else "�" for char in text])

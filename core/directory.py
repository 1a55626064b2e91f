"""A directory of documents on the web, in the form of APIs.guru's ``list.json``.

>>> directory = read_directory("https://api.apis.guru/v2/list.json", settings)
>>> directory.entries[0].label
'1forge.com 0.0.1: 1Forge Finance APIs'

The list names an address for each version of each API; people choose, and what was imported before
is not fetched again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import orjson

from core.errors import DocumentError, FetchError
from core.fetch import fetch
from core.intake import Imported, import_url
from core.openapi.operation import Dropped
from core.request import Json
from core.settings import Settings
from core.store.database import Store
from core.store.sources import Source, known_places
from core.wire import shorten

_ADDRESSES = ("swaggerUrl", "openapiUrl", "swaggerYamlUrl")
"""Members that hold a document's address, JSON first: it is read faster."""
_MOST_FAILURES = 10
"""Downloads in a row that fail before the directory is taken to be out of reach."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one API."""

    name: str
    """``amazonaws.com:amplify``: the provider, and the service where there are several."""
    version: str
    title: str
    url: str
    is_preferred: bool
    """Whether the directory means this version where nobody names one."""

    @property
    def provider(self) -> str:
        """``amazonaws.com``."""
        return self.name.partition(":")[0]

    @property
    def label(self) -> str:
        """What people read."""
        return f"{self.name} {self.version}: {self.title}"


@dataclass(frozen=True, slots=True)
class Directory:
    """The documents that a directory lists."""

    url: str
    entries: tuple[Entry, ...]
    dropped: tuple[Dropped, ...]
    """Entries that have no usable address."""


@dataclass(frozen=True, slots=True)
class DirectoryResult:
    """What became of the entries that were chosen."""

    documents: tuple[Imported, ...]
    dropped: tuple[Dropped, ...]
    """Entries that could not be fetched or read, by their labels."""
    num_known: int
    """Entries that were imported before."""
    is_cancelled: bool = False


def read_directory(url: str, settings: Settings) -> Directory:
    """The list at a web address. Raises ``FetchError``."""
    found = fetch(url, settings)
    return parse_directory(found.data, found.url)


def parse_directory(data: bytes, url: str) -> Directory:
    """The entries of a ``list.json`` that stands at this address. Raises ``FetchError``."""
    try:
        listed = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _no_directory(url, f"it is not JSON ({error.msg})") from error
    if not isinstance(listed, dict):
        raise _no_directory(url, "its top is no object")
    found = [entry for name, api in listed.items() for entry in _versions(name, api, url)]
    entries = tuple(entry for entry in found if isinstance(entry, Entry))
    if not entries:
        raise _no_directory(url, "none of its members has “versions” with a “swaggerUrl”")
    return Directory(url, entries, tuple(entry for entry in found if isinstance(entry, Dropped)))


def choose(
    directory: Directory,
    *,
    provider: str = "",
    words: str = "",
    preferred_only: bool = True,
) -> tuple[Entry, ...]:
    """The entries of a provider whose name or title holds all of these words."""
    wanted = words.casefold().split()
    return tuple(
        entry
        for entry in directory.entries
        if (entry.is_preferred or not preferred_only)
        and provider in ("", entry.provider)
        and all(word in entry.label.casefold() for word in wanted)
    )


def import_entries(
    store: Store,
    entries: Iterable[Entry],
    hub: str,
    *,
    progress: Callable[[int, int, str], None] = lambda done, total, message: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> DirectoryResult:
    """Fetch and import the entries that were not imported from this hub before.

    ``progress`` is told entries, not bytes. One that fails costs a row of ``dropped``; where many
    fail in a row, ``FetchError`` is raised, and running it again goes on from there.
    """
    chosen = list(entries)
    known = known_places(store, "hub", hub)
    missing = [entry for entry in chosen if entry.url not in known]
    num_known = len(chosen) - len(missing)
    documents: list[Imported] = []
    dropped: list[Dropped] = []
    num_failures = 0
    for done, entry in enumerate(missing, num_known):
        progress(done, len(chosen), entry.label)
        if is_cancelled():
            return DirectoryResult(tuple(documents), tuple(dropped), num_known, True)
        try:
            result = import_url(
                store, entry.url, Source("hub", entry.url, hub), is_cancelled=is_cancelled
            )
        except (FetchError, DocumentError) as error:
            dropped.append(Dropped(entry.label, "", str(error)))
            num_failures = num_failures + 1 if isinstance(error, FetchError) else 0
            if num_failures == _MOST_FAILURES:
                raise FetchError(
                    f"{num_failures} documents in a row could not be fetched, the last because: "
                    f"{error} Run the import again to go on."
                ) from error
            continue
        num_failures = 0
        documents += result.documents
        dropped += (Dropped(entry.label, "", lost.reason) for lost in result.refused)
    progress(len(chosen), len(chosen), "")
    return DirectoryResult(tuple(documents), tuple(dropped), num_known)


def _versions(name: str, api: Json, url: str) -> Iterator[Entry | Dropped]:
    versions = api.get("versions") if isinstance(api, dict) else None
    if not isinstance(versions, dict) or not versions:
        yield Dropped(name, "", "It has no “versions”.")
        return
    preferred = api.get("preferred")
    for version, described in versions.items():
        described = described if isinstance(described, dict) else {}
        info = described.get("info")
        title = info.get("title") if isinstance(info, dict) else None
        address = next(
            (described[key] for key in _ADDRESSES if isinstance(described.get(key), str)), None
        )
        if address is None:
            yield Dropped(f"{name} {version}", "", "It has no “swaggerUrl”.")
            continue
        yield Entry(
            name=name,
            version=version,
            title=str(title or name),
            url=_joined(url, address),
            is_preferred=version == preferred or len(versions) == 1,
        )


def _joined(url: str, address: str) -> str:
    try:
        return urljoin(url, address)
    except ValueError:  # brackets that are no IPv6 address: fetching it says so
        return address


def _no_directory(url: str, problem: str) -> FetchError:
    return FetchError(
        f"{shorten(url, 200)} is no directory of APIs: {problem}. Give the address of a list.json "
        "in the form of APIs.guru, or import a document by its own address."
    )

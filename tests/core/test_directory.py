"""Directories on the web: what they list, what is chosen, and going on after a break."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import orjson
import pytest

from core.directory import (
    Directory,
    Entry,
    choose,
    import_entries,
    parse_directory,
    read_directory,
)
from core.errors import FetchError
from core.intake import import_url
from core.openapi.operation import Dropped
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.documents import live_documents
from core.store.sources import Source, sources_of
from tests.core.openapi.test_files import make_zip
from tests.core.store.documents import pets

URL = "https://hub.example/v2/list.json"


def api(*versions: str, preferred: str = "", title: str = "Pets", **more: Any) -> dict[str, Any]:
    described = {
        version: {"info": {"title": title}, "swaggerUrl": f"specs/{title}/{version}.json"}
        for version in versions
    }
    return {"preferred": preferred or versions[-1], "versions": described, **more}


def parsed(listed: Any) -> Directory:
    return parse_directory(orjson.dumps(listed), URL)


LISTED = {"zoo.org:pets": api("1", "2"), "farm.org": api("1", title="Cows")}


def test_a_list_names_the_address_of_every_version() -> None:
    directory = parsed(LISTED)
    assert [entry.label for entry in directory.entries] == [
        "zoo.org:pets 1: Pets",
        "zoo.org:pets 2: Pets",
        "farm.org 1: Cows",
    ]
    assert directory.entries[1] == Entry(
        name="zoo.org:pets",
        version="2",
        title="Pets",
        url="https://hub.example/v2/specs/Pets/2.json",
        is_preferred=True,
    )
    assert directory.entries[1].provider == "zoo.org"
    assert directory.dropped == ()


def test_entries_without_an_address_are_dropped_with_a_reason() -> None:
    listed = {
        **LISTED,
        "no object": 1,
        "no versions": {},
        "no address": {"versions": {"1": {"info": None}, "2": None}},
        "yaml": {"versions": {"1": {"swaggerYamlUrl": "http://[a/b.yaml"}}},
    }
    directory = parsed(listed)
    assert directory.entries[-1].url == "http://[a/b.yaml"
    assert directory.dropped == (
        Dropped("no object", "", "It has no “versions”."),
        Dropped("no versions", "", "It has no “versions”."),
        Dropped("no address 1", "", "It has no “swaggerUrl”."),
        Dropped("no address 2", "", "It has no “swaggerUrl”."),
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"<html>", "not JSON"), (b"[]", "no object"), (b"{}", "none of its members"), (b"", "JSON")],
)
def test_what_is_no_directory_is_explained(data: bytes, problem: str) -> None:
    with pytest.raises(FetchError, match=f"no directory of APIs: .*{problem}"):
        parse_directory(data, URL)


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ({}, ["zoo.org:pets 2: Pets", "farm.org 1: Cows"]),
        ({"provider": "farm.org"}, ["farm.org 1: Cows"]),
        ({"words": "ZOO pet"}, ["zoo.org:pets 2: Pets"]),
        ({"words": "zoo cow"}, []),
        (
            {"preferred_only": False, "provider": "zoo.org"},
            ["zoo.org:pets 1: Pets", "zoo.org:pets 2: Pets"],
        ),
    ],
)
def test_people_choose_by_provider_words_and_version(
    options: dict[str, Any], labels: list[str]
) -> None:
    assert [entry.label for entry in choose(parsed(LISTED), **options)] == labels


# --- over a server -------------------------------------------------------------------------------


@pytest.fixture
def served() -> dict[str, bytes]:
    """What the server has, by path; whoever asks for something else gets 404."""
    return {}


@pytest.fixture
def asked() -> list[str]:
    """The paths that the server was asked for."""
    return []


@pytest.fixture
def address(served: dict[str, bytes], asked: list[str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = served.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: Any) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A workspace that may fetch from this machine."""
    with closing(open_store(Settings(tmp_path, allow_private_urls=True))) as opened:
        yield opened


@pytest.fixture
def directory(served: dict[str, bytes], address: str, store: Store, asked: list[str]) -> Directory:
    """A directory of three documents, one of them missing."""
    served["/list.json"] = orjson.dumps(LISTED)
    served["/specs/Pets/2.json"] = pets("GET /pets")
    served["/specs/Cows/1.json"] = pets("GET /cows", title="Cows")
    read = read_directory(f"{address}/list.json", store.settings)
    asked.clear()
    return read


def test_a_document_is_imported_from_its_address(
    served: dict[str, bytes], address: str, store: Store
) -> None:
    served["/docs/pets.json"] = pets("GET /pets")
    url = f"{address}/docs/pets.json"
    (document,) = import_url(store, url).documents
    assert (document.name, document.num_operations) == ("pets.json", 1)
    assert sources_of(store, document.sha256) == [Source("url", url)]


def test_a_zip_is_imported_from_its_address(
    served: dict[str, bytes], address: str, store: Store
) -> None:
    served["/apis"] = make_zip({"a.json": pets("GET /a"), "b.json": pets("GET /b")})
    result = import_url(store, f"{address}/apis")
    assert [document.name for document in result.documents] == ["a.json", "b.json"]


def test_the_chosen_entries_are_imported(directory: Directory, store: Store) -> None:
    told: list[tuple[int, int, str]] = []
    result = import_entries(store, directory.entries, "Hub", progress=lambda *at: told.append(at))
    assert [document.num_operations for document in result.documents] == [1, 1]
    assert [(lost.where, "404" in lost.reason) for lost in result.dropped] == [
        ("zoo.org:pets 1: Pets", True)
    ]
    assert told == [
        (0, 3, "zoo.org:pets 1: Pets"),
        (1, 3, "zoo.org:pets 2: Pets"),
        (2, 3, "farm.org 1: Cows"),
        (3, 3, ""),
    ]
    sources = [sources_of(store, row.sha256) for row in live_documents(store)]
    assert [[source.hub for source in found] for found in sources] == [["Hub"], ["Hub"]]


def test_what_was_imported_is_not_fetched_again(
    directory: Directory, store: Store, asked: list[str]
) -> None:
    import_entries(store, directory.entries[:2], "Hub")
    asked.clear()
    result = import_entries(store, directory.entries, "Hub")
    assert asked == ["/specs/Pets/1.json", "/specs/Cows/1.json"]
    assert (result.num_known, len(result.documents)) == (1, 1)


def test_a_cancelled_import_goes_on_where_it_was(
    directory: Directory, store: Store, asked: list[str]
) -> None:
    result = import_entries(
        store, directory.entries, "Hub", is_cancelled=lambda: "/specs/Pets/2.json" in asked
    )
    assert result.is_cancelled
    assert not any(path.startswith("/specs/Cows") for path in asked)
    again = import_entries(store, directory.entries, "Hub")
    assert len(again.documents) + again.num_known == 2 and not again.is_cancelled


def test_a_directory_out_of_reach_ends_the_import(directory: Directory, store: Store) -> None:
    entries = [directory.entries[0]] * 30
    with pytest.raises(FetchError, match=r"10 documents in a row.*404.*Run the import again"):
        import_entries(store, entries, "Hub")


def test_entries_that_are_no_documents_do_not_end_it(
    directory: Directory, store: Store, served: dict[str, bytes]
) -> None:
    served["/specs/Pets/1.json"] = b"<html>"
    result = import_entries(store, [directory.entries[0]] * 12, "Hub")
    assert len(result.dropped) == 12 and "web page" in result.dropped[0].reason

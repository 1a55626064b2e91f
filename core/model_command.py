"""The command ``models``: servers of language models added, tried and listed without the app."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial

from core.errors import UnknownNameError
from core.models.examination import Examination, examine
from core.models.opening import Offer
from core.models.server import Server
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.model_servers import KeptServer, add_server, kept_servers, remove_server

EXAMPLE = """example:
  python -m core models add qwen http://127.0.0.1:8001/v1 Qwen/Qwen2.5-7B-Instruct
  python -m core models test qwen
  python -m pipeline evaluate --engine grounded+qwen"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the command can be told."""
    parser.set_defaults(run=lambda _: _run(_list))
    actions = parser.add_subparsers(metavar="ACTION")
    added = actions.add_parser("add", help="try a server and keep it")
    added.add_argument("name", help="what the model is called here; servers of one name share")
    added.add_argument("url", help="the base URL, such as http://127.0.0.1:8001/v1")
    added.add_argument("model", help="what the server calls the model")
    added.add_argument(
        "--key-variable", default="", metavar="VARIABLE", help="holds the key, which is never kept"
    )
    added.set_defaults(run=lambda a: _run(partial(_add, given=a)))
    tested = actions.add_parser("test", help="try the servers of a model again")
    tested.set_defaults(run=lambda a: _run(partial(_test, name=a.name)))
    removed = actions.add_parser("remove", help="forget the servers of a model")
    removed.set_defaults(run=lambda a: _run(partial(_remove, name=a.name)))
    for named in (tested, removed):
        named.add_argument("name")


def _run(action: Callable[[Store], int]) -> int:
    with closing(open_store(Settings.from_environment())) as store:
        return action(store)


def _list(store: Store) -> int:
    for kept in kept_servers(store):
        _print(kept.offer.name, kept.offer.server)
    return 0


def _add(store: Store, given: argparse.Namespace) -> int:
    seen = examine(Server(given.url, given.model, given.key_variable))
    if seen.server is not None:
        add_server(store, Offer(given.name, seen.server))
    return _told(given.name, seen)


def _test(store: Store, name: str) -> int:
    return max(_told(name, examine(kept.offer.server)) for kept in _named(store, name))


def _remove(store: Store, name: str) -> int:
    for kept in _named(store, name):
        remove_server(store, kept.id)
    return 0


def _named(store: Store, name: str) -> list[KeptServer]:
    servers = kept_servers(store)
    found = [kept for kept in servers if kept.offer.name == name]
    if not found:
        raise UnknownNameError("model", name, dict.fromkeys(kept.offer.name for kept in servers))
    return found


def _told(name: str, seen: Examination) -> int:
    if seen.server is None:
        print(seen.reason, file=sys.stderr)
        return 1
    _print(name, seen.server)
    return 0


def _print(name: str, server: Server) -> None:
    print(f"{name}: {server.model} at {server.url}: {', '.join(sorted(server.capabilities))}")

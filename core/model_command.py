"""The command ``models``: servers of language models added, tried and listed without the app."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial

from core.errors import UnknownNameError
from core.inventory import language_model, used_megabytes
from core.models.examination import GREETING, Examination, examine
from core.models.opening import Offer, Weights, open_model
from core.models.protocol import Model, reply
from core.models.server import Server
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.model_servers import KeptServer, add_server, kept_servers, remove_server
from core.store.model_weights import add_weights, kept_weights, remove_weights

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
    weights = actions.add_parser("add-weights", help="keep a model that this machine runs")
    weights.add_argument("name", help="what the model is called here")
    weights.add_argument("path", help="a folder, or a name on the Hugging Face hub")
    weights.set_defaults(run=lambda a: _run(partial(_add_weights, given=a)))
    tested = actions.add_parser("test", help="try the servers or the weights of a model again")
    tested.set_defaults(run=lambda a: _run(partial(_test, name=a.name)))
    removed = actions.add_parser("remove", help="forget the servers or the weights of a model")
    removed.set_defaults(run=lambda a: _run(partial(_remove, name=a.name)))
    for named in (tested, removed):
        named.add_argument("name")


def _run(action: Callable[[Store], int]) -> int:
    with closing(open_store(Settings.from_environment())) as store:
        return action(store)


def _list(store: Store) -> int:
    for kept in kept_servers(store):
        _print(kept.offer.name, kept.offer.server)
    for own in kept_weights(store):
        print(f"{own.weights.name}: {own.weights.path_or_name} on this machine")
    return 0


def _add(store: Store, given: argparse.Namespace) -> int:
    seen = examine(Server(given.url, given.model, given.key_variable))
    if seen.server is not None:
        add_server(store, Offer(given.name, seen.server))
    return _told(given.name, seen)


def _test(store: Store, name: str) -> int:
    for kept in kept_weights(store):
        if kept.weights.name == name:
            return _greeted(open_model(name, [kept.weights]))
    return max(_told(name, examine(kept.offer.server)) for kept in _named(store, name))


def _greeted(model: Model) -> int:
    """Load weights in this process and let them say something."""
    began = time.monotonic()
    reply(model, GREETING)
    able = ", ".join(sorted(model.capabilities))
    seconds, megabytes = time.monotonic() - began, used_megabytes()
    print(f"{model.name}: {able}; loaded and answered in {seconds:.1f} s, {megabytes:,.0f} MB")
    return 0


def _add_weights(store: Store, given: argparse.Namespace) -> int:
    weights = Weights(given.name, language_model(given.path).name)
    add_weights(store, weights)
    print(f"{weights.name}: {weights.path_or_name}")
    return 0


def _remove(store: Store, name: str) -> int:
    for own in kept_weights(store):
        if own.weights.name == name:
            remove_weights(store, own.id)
            return 0
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

"""What becomes of many tasks when servers of language models are several, away, mad or slow.

The servers are small ones of our own that think for a while and echo, so that what is measured is
what shares, waits, asks again and keeps; every reply is compared with the one that is right.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from benchmarks.model_server import ModelServer, model_server
from benchmarks.report import Report, Table
from core.models.cache import CachedModel, ReplyCache
from core.models.protocol import Generate, Message, Model, Reply, replies
from core.models.served import ServedModel
from core.models.sharing import Patience

_RUBBISH = b"<html>502 from a proxy that says 200</html>"
Row = tuple[str, int, int, int, float, float]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tasks", type=int, default=600, metavar="N")
    parser.add_argument("--think", type=float, default=0.2, metavar="S", help="seconds a reply")
    parser.add_argument(
        "--away", type=float, default=60.0, metavar="S", help="seconds of no server"
    )


def run(arguments: argparse.Namespace) -> Report:
    tasks = [
        Generate((Message("user", f"task {number}"),), max_tokens=16)
        for number in range(arguments.tasks)
    ]
    think = arguments.think
    rows = [
        _plain("one server", tasks, think, 1),
        _plain("two servers", tasks, think, 2),
        _away("one server, which goes away", tasks, think, arguments.away),
        _spoilt("one server, every 5th reply rubbish", tasks, think, _rubbish),
        _spoilt("one server, every 5th reply a 503", tasks, think, _busy),
        *_twice(tasks, think),
    ]
    problems = [
        f"{row[0]}: {row[1] - row[2]} of {row[1]} replies are lost or wrong."
        for row in rows
        if row[1] != row[2]
    ]
    if rows[-1][3]:
        problems.append(f"The second run asked {rows[-1][3]} times.")
    title = f"{arguments.tasks} tasks, {think:g} s of thought each, 16 at once per server"
    columns = ("servers", "tasks", "right replies", "calls", "seconds", "replies/s")
    return Report("Servers of language models", [Table(title, columns, rows)], problems=problems)


def _plain(name: str, tasks: Sequence[Generate], think: float, count: int) -> Row:
    with _servers(count, think) as servers, _model(servers) as model:
        return _measured(name, model, tasks, servers)


def _away(name: str, tasks: Sequence[Generate], think: float, seconds: float) -> Row:
    """The server stops when a third of the replies are there, and comes back."""
    with _servers(1, think) as servers, _model(servers) as model:
        (server,) = servers
        watch = threading.Thread(target=_interrupt, args=(server, len(tasks) // 3, seconds))
        watch.start()
        row = _measured(name, model, tasks, servers)
        watch.join()
        return row


def _interrupt(server: ModelServer, after: int, seconds: float) -> None:
    while len(server.calls) < after:
        time.sleep(0.05)
    server.stop()
    time.sleep(seconds)
    server.start()


def _spoilt(
    name: str, tasks: Sequence[Generate], think: float, spoil: Callable[[int], bytes | int | None]
) -> Row:
    with _servers(1, think) as servers, _model(servers) as model:
        servers[0].spoil = spoil
        return _measured(name, model, tasks, servers)


def _rubbish(number: int) -> bytes | None:
    return None if number % 5 else _RUBBISH


def _busy(number: int) -> int | None:
    return None if number % 5 else 503


def _twice(tasks: Sequence[Generate], think: float) -> list[Row]:
    """A run that is broken off in the middle, one that goes on, and the same again."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        cache = stack.enter_context(ReplyCache(Path(folder) / "replies.sqlite"))
        servers = stack.enter_context(_servers(1, think))
        model = stack.enter_context(_model(servers))
        cached = CachedModel(model, cache, step="benchmark")
        broken_off = cached.generate(tasks)
        for _ in range(len(tasks) // 2):
            next(broken_off)
        broken_off.close()  # type: ignore[attr-defined]
        time.sleep(2 * think)  # what was under way ends
        servers[0].calls.clear()
        first = _measured("broken off in the middle, gone on", cached, tasks, servers)
        servers[0].calls.clear()
        return [first, _measured("the same again", cached, tasks, servers)]


def _measured(
    name: str, model: Model, tasks: Sequence[Generate], servers: Sequence[ModelServer]
) -> Row:
    began = time.monotonic()
    found = replies(model, tasks)
    seconds = time.monotonic() - began
    right = sum(
        isinstance(each, Reply) and each.text == f"you said task {number}"
        for number, each in enumerate(found)
    )
    calls = sum(len(server.calls) for server in servers)
    return name, len(tasks), right, calls, round(seconds, 1), round(len(tasks) / seconds)


@contextmanager
def _servers(count: int, think: float) -> Iterator[list[ModelServer]]:
    with ExitStack() as stack:
        yield [stack.enter_context(model_server(seconds=think)) for _ in range(count)]


@contextmanager
def _model(servers: Sequence[ModelServer]) -> Iterator[ServedModel]:
    addresses = [server.server() for server in servers]
    with closing(ServedModel("echo", addresses, patience=Patience(attempts=10))) as model:
        yield model

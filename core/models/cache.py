"""Answers of models, kept by what was asked, and what the asking cost.

>>> with ReplyCache(workspace / "models" / "replies.sqlite") as cache:
...     model = CachedModel(open_model("tiny"), cache, step="judge")

Model, prompt, parameters and seed make the key, so a second run asks nothing, and an interrupted
one only what is missing. A failure is not kept. The file may be deleted; it is SQLite beside every
database, because answers are many, small and of no use to anything else.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from core.errors import StoreError
from core.models.protocol import (
    Capability,
    Failure,
    Generate,
    Model,
    Reply,
    Score,
    Scored,
    Task,
)

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS usage (
    step TEXT, model TEXT, calls INTEGER, kept INTEGER, failures INTEGER,
    prompt_tokens INTEGER, completion_tokens INTEGER, seconds REAL,
    PRIMARY KEY (step, model)
) WITHOUT ROWID;
"""
_ADD = """
INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (step, model) DO UPDATE SET
    calls = calls + excluded.calls, kept = kept + excluded.kept,
    failures = failures + excluded.failures,
    prompt_tokens = prompt_tokens + excluded.prompt_tokens,
    completion_tokens = completion_tokens + excluded.completion_tokens,
    seconds = seconds + excluded.seconds
"""
_PER_QUERY = 500

_T = TypeVar("_T", Generate, Score)
_Answer = TypeVar("_Answer", Reply, Scored)


@dataclass(frozen=True, slots=True)
class Price:
    """What tokens cost, in any currency, by the million."""

    per_million_prompt: float = 0.0
    per_million_completion: float = 0.0


FREE = Price()


@dataclass(frozen=True, slots=True)
class Usage:
    """What one step has asked of one model, over all its runs."""

    step: str
    model: str
    calls: int = 0
    """Tasks that the model was given."""
    kept: int = 0
    """Tasks whose answer was there already."""
    failures: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    """Of the model's time; tasks that ran side by side count each."""

    def cost(self, price: Price) -> float:
        """In the price's currency."""
        prompt = self.prompt_tokens * price.per_million_prompt
        return (prompt + self.completion_tokens * price.per_million_completion) / 1e6


class ReplyCache:
    """The file. Safe to share between threads and processes. Raises ``StoreError``."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(
                path, timeout=60, isolation_level=None, check_same_thread=False
            )
            self._database.execute("PRAGMA journal_mode = wal")
            self._database.execute("PRAGMA synchronous = normal")
            self._database.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{path} cannot be used: {error}. It keeps answers of models and may be deleted."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def find(self, keys: Sequence[str]) -> dict[str, str]:
        """The answers that are there, by key."""
        found: dict[str, str] = {}
        for start in range(0, len(keys), _PER_QUERY):
            some = keys[start : start + _PER_QUERY]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, answer FROM answers WHERE key IN ({marks})"
            with self._lock:
                found.update(self._database.execute(query, some).fetchall())
        return found

    def keep(self, key: str, answer: str) -> None:
        """Keep an answer; the first one stays."""
        with self._lock:
            self._database.execute("INSERT OR IGNORE INTO answers VALUES (?, ?)", (key, answer))

    def add(self, usage: Usage) -> None:
        """Count what was used on top of what is counted already."""
        with self._lock:
            self._database.execute(_ADD, tuple(asdict(usage).values()))

    def usage(self) -> list[Usage]:
        """What every step has used so far."""
        with self._lock:
            rows = self._database.execute("SELECT * FROM usage ORDER BY step, model").fetchall()
        return [Usage(*row) for row in rows]


class CachedModel:
    """A model that is asked only what it has not been asked before."""

    def __init__(self, model: Model, cache: ReplyCache, *, step: str) -> None:
        """``step`` is what the usage is counted under."""
        self._model = model
        self._cache = cache
        self._step = step

    @property
    def name(self) -> str:
        """The model's."""
        return self._model.name

    @property
    def identity(self) -> str:
        """The model's."""
        return self._model.identity

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The model's."""
        return self._model.capabilities

    def generate(self, tasks: Sequence[Generate]) -> Iterator[tuple[int, Reply | Failure]]:
        """A reply to each task: those that are there first, then the others as they come."""
        yield from self._answers(tasks, Reply, self._model.generate)

    def score(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        """How likely the text of each task is, in the same order."""
        yield from self._answers(tasks, Scored, self._model.score)

    def stream(self, task: Generate) -> Generator[str, None, Reply]:
        """A reply piece by piece, at once where it is there. One that is stopped is not kept."""
        key = key_of(self.identity, task)
        kept = self._cache.find([key])
        if kept:
            self._count(kept=1)
            found = _read(Reply, kept[key])
            yield found.text
            return found
        made = yield from self._model.stream(task)
        self._cache.keep(key, _written(made))
        self._count(made)
        return made

    def _answers(
        self,
        tasks: Sequence[_T],
        kind: type[_Answer],
        ask: Callable[[Sequence[_T]], Iterator[tuple[int, _Answer | Failure]]],
    ) -> Iterator[tuple[int, _Answer | Failure]]:
        wanted: dict[str, list[int]] = {}
        for position, task in enumerate(tasks):
            wanted.setdefault(key_of(self.identity, task), []).append(position)
        kept = self._cache.find(list(wanted))
        for key, text in kept.items():
            self._count(kept=len(wanted[key]))
            for position in wanted[key]:
                yield position, _read(kind, text)
        missing = [key for key in wanted if key not in kept]
        if not missing:
            return
        for number, answer in ask([tasks[wanted[key][0]] for key in missing]):
            if not isinstance(answer, Failure):
                self._cache.keep(missing[number], _written(answer))
            positions = wanted[missing[number]]
            self._count(answer, kept=len(positions) - 1)
            for position in positions:
                yield position, answer

    def _count(self, answer: Reply | Scored | Failure | None = None, *, kept: int = 0) -> None:
        calls, failures = int(answer is not None), int(isinstance(answer, Failure))
        usage = Usage(self._step, self.name, calls, kept, failures)
        if isinstance(answer, Reply | Scored):
            written = answer.completion_tokens if isinstance(answer, Reply) else 0
            usage = Usage(
                self._step, self.name, calls, kept, 0, answer.prompt_tokens, written, answer.seconds
            )
        self._cache.add(usage)


def replies_path(workspace: Path) -> Path:
    """Where a workspace keeps the answers of models."""
    return workspace / "models" / "replies.sqlite"


def key_of(model: str, task: Task) -> str:
    """What names the answer to a task: all that it may hang on."""
    asked = json.dumps([model, type(task).__name__, asdict(task)], ensure_ascii=False)
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()


def _written(answer: Reply | Scored) -> str:
    return json.dumps(asdict(answer), ensure_ascii=False)


def _read(kind: type[_Answer], text: str) -> _Answer:
    stored: dict[str, Any] = json.loads(text)
    values = {name: tuple(each) if type(each) is list else each for name, each in stored.items()}
    make: Callable[..., _Answer] = kind
    return make(**values)

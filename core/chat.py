"""Answers made beside the page that asks: in threads of the server, which write rows.

>>> chat = Chat(store, parts)
>>> answer = chat.ask(conversation.id, "delete pet 7")
>>> chat.wait(answer, seconds=1)

A page that is closed or drawn again loses nothing, for it only reads rows. What a server leaves
open when it ends, the next one answers.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from core.answer import Answer, Engine, StreamingEngine
from core.conversation import Turn
from core.engines import DEFAULT, Parts, engine_kind
from core.errors import CallwrightError
from core.kept_answer import KeptAnswer
from core.reply import Sources, reply, scope_of
from core.retrieval.entry import EVERYTHING, Scope
from core.store import conversations as rows
from core.store.api_choices import all_api_choices

_log = logging.getLogger("callwright")
_THREADS = 4
"""Answers that are worked on at once; the others wait for their turn."""
_NOTE_SECONDS = 0.3
"""Between two looks of a page at what is being written."""


class Chat:
    """Answers messages. One for each server; safe to share between threads."""

    def __init__(self, parts: Parts) -> None:
        """Goes on with what a server before this one has left open."""
        self._parts = parts
        self._server = secrets.token_hex(8)
        self._engines: dict[str, Engine] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="answer")
        self._waiting: dict[int, Future[None]] = {}
        for answer in rows.take_over(parts.store, self._server):
            self._submit(answer)

    def ask(
        self,
        conversation: str,
        text: str,
        *,
        api: str = "",
        engine: str = DEFAULT,
        replaces: int | None = None,
    ) -> int:
        """Put a message; the number of the answer to come. Raises ``UnknownNameError``."""
        engine_kind(engine)
        answer = rows.add_message(
            self._parts.store,
            conversation,
            text,
            engine=engine,
            server=self._server,
            api=api,
            replaces=replaces,
        )
        self._submit(answer)
        return answer

    def wait(self, answer: int, *, seconds: float) -> bool:
        """Wait for an answer that this server works on; whether it is over."""
        future = self._waiting.get(answer)
        return future is None or not wait_for([future], seconds).not_done

    def message(self, answer: int) -> rows.Message:
        """The message of an answer, with what is written of the answer so far."""
        return rows.find_message(self._parts.store, answer)[1]

    def stop(self, answer: int) -> None:
        """Give an answer up."""
        rows.stop_answer(self._parts.store, answer)
        if future := self._waiting.get(answer):
            future.cancel()

    def engine(self, name: str) -> Engine:
        """An engine, opened once. Raises ``UnknownNameError``."""
        with self._lock:
            if name not in self._engines:
                self._engines[name] = engine_kind(name).open(self._parts)
            return self._engines[name]

    def reopen_engines(self) -> None:
        """Open engines anew when they are wanted next: what they are made of has changed."""
        with self._lock:
            self._engines.clear()
            self._parts.models.clear()

    def close(self) -> None:
        """Let go of the threads; what is left open, the next server answers."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, answer: int) -> None:
        future = self._pool.submit(self._work, answer)
        self._waiting[answer] = future
        future.add_done_callback(lambda _: self._waiting.pop(answer, None))

    def _work(self, answer: int) -> None:
        """Answer one message: the boundary where what goes wrong becomes a row that says so."""
        if not rows.begin_answer(self._parts.store, answer, self._server):
            return
        said, error = None, ""
        try:
            said = self._reply(answer)
        except CallwrightError as problem:
            error = str(problem)
        except Exception:  # a defect of ours: the log has it, the person is told
            mark = secrets.token_hex(3)
            _log.exception("Unexpected error %s", mark)
            error = f"Something went wrong that should not have; the log has it under {mark}."
        state: rows.State = "failed" if said is None else "answered"
        rows.end_answer(self._parts.store, answer, self._server, state, said=said, error=error)

    def _reply(self, answer: int) -> KeptAnswer:
        conversation, message = rows.find_message(self._parts.store, answer)
        shown = rows.messages_of(self._parts.store, conversation)
        before = [each for each in shown if each.id < message.id]
        engine = self.engine(message.answer.engine)
        if isinstance(engine, StreamingEngine):
            engine = _Watched(engine, partial(rows.note_partial, self._parts.store, answer))
        choices = partial(all_api_choices, self._parts.store)
        sources = Sources(engine, self._parts.cache, self._parts.words, choices)
        return reply(message.text, _last_turn(before), scope_of(message.api), sources)


@dataclass(frozen=True)
class _Watched:
    """An engine whose words can be read while they come, and that stops when nobody waits."""

    engine: StreamingEngine
    note: Callable[[str], bool]
    """Keeps what there is; false where nobody waits any more."""

    def answer(self, question: str, scope: Scope = EVERYTHING) -> Answer:
        written, noted_at = "", time.monotonic()
        with closing(self.engine.stream(question, scope)) as pieces:
            for piece in pieces:
                if isinstance(piece, Answer):
                    return piece
                written += piece
                if time.monotonic() - noted_at >= _NOTE_SECONDS:
                    noted_at = time.monotonic()
                    if not self.note(written):
                        break
        raise CallwrightError("Stopped.")


def _last_turn(before: list[rows.Message]) -> Turn | None:
    """The last answer that has calls: what a follow-up follows."""
    for message in reversed(before):
        if message.answer.answer is not None and message.answer.answer.calls:
            return Turn(message.answer.answer, message.answer.choice or 0)
    return None

"""A server of language models, as somebody configures it, and one connection to it.

Speaks the protocol of OpenAI that vLLM, Ollama, llama.cpp and hosted services share. Whatever comes
back is looked at before it is believed. The key is read from the environment for each connection;
it is part of no setting, row, message or log.
"""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from core.errors import ModelError
from core.models.protocol import (
    Capability,
    Choice,
    Constraint,
    Generate,
    Message,
    Prompt,
    Reply,
    Score,
    Scored,
)
from core.models.trouble import Refused, Unreachable, Unusable, said_by_server
from core.models.watched import Ending, Write

if TYPE_CHECKING:
    from openai import OpenAI

Dialect = Literal["structured_outputs", "response_format", ""]
"""How a server is told to constrain its replies: vLLM's way, OpenAI's, or not at all."""

_NO_KEY = "none"
_variable = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Server:
    """Where one model is served, and what the server was seen to be able to do."""

    url: str
    """The base URL, as ``http://127.0.0.1:8001/v1``."""
    model: str
    """What the server calls the model."""
    key_variable: str = ""
    """The environment variable that holds the key; empty where none is needed."""
    dialect: Dialect = ""
    can_score: bool = False
    can_complete: bool = True
    """Whether it continues plain text; else that is sent as one message."""
    timeout: float = field(default=120.0, compare=False)
    """Seconds that one attempt may take."""

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ModelError(
                f"“{self.url}” is no base URL. Give one such as http://127.0.0.1:8001/v1."
            )
        if self.key_variable and not _variable.fullmatch(self.key_variable):
            raise ModelError(
                "That is not the name of an environment variable. Put the key into a variable, "
                "such as OPENAI_API_KEY, and give the variable's name."
            )

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What its model is able to do there."""
        found: set[Capability] = {"generate", "stream"}
        found |= {"json", "choice"} if self.dialect else set()
        found |= {"score"} if self.can_score else set()
        return frozenset(found)

    def key(self, environment: Mapping[str, str] = os.environ) -> str:
        """The key, or a word that says there is none. Raises ``ModelError``."""
        if not self.key_variable:
            return _NO_KEY
        key = environment.get(self.key_variable, "").strip()
        if not key:
            raise ModelError(
                f"The key for {self.url} is not set. Put it into the environment variable "
                f"{self.key_variable} and start Callwright again."
            )
        return key


class Connection:
    """One server, ready to be asked. Safe to share between threads.

    Raises ``Unreachable`` and ``Unusable``, which may pass, and ``Refused``, which will not.
    """

    def __init__(self, server: Server) -> None:
        from openai import OpenAI  # half a second

        self.server = server
        self._client: OpenAI = OpenAI(
            base_url=server.url, api_key=server.key(), timeout=server.timeout, max_retries=0
        )

    def close(self) -> None:
        """End what is under way; the server stops working for it."""
        self._client.close()

    def generate(self, task: Generate) -> Reply:
        """The reply to one task."""
        began = time.monotonic()
        with said_by_server(self._secret):
            answer = self._send(task, stream=False)
            return _reply(answer, task.constraint, self.server.dialect, time.monotonic() - began)

    def stream(self, task: Generate, write: Write, ending: Ending) -> Reply:
        """The reply, written piece by piece; hangs up when the end comes."""
        began = time.monotonic()
        try:
            with said_by_server(self._secret):
                answer = self._send(task, stream=True)
                ending.then(partial(_hang_up, answer))
                try:
                    return self._followed(answer, task.constraint, write, began)
                finally:
                    answer.close()
        except (Unreachable, Unusable) as error:
            if ending.has_come:
                raise Refused("stopped") from error  # by us: nothing is wrong with the server
            raise

    def score(self, task: Score) -> Scored:
        """How likely a text is (vLLM's ``/tokenize`` and ``prompt_logprobs``)."""
        began = time.monotonic()
        with said_by_server(self._secret):
            before = self._tokens(task.prompt, add_special_tokens=isinstance(task.prompt, str))
            text = self._tokens(task.text, add_special_tokens=False)
            answer = self._client.completions.create(
                model=self.server.model,
                prompt=[*before, *text],
                max_tokens=1,
                temperature=0.0,
                extra_body={"prompt_logprobs": 0},
            )
            listed = getattr(_first_choice(answer), "prompt_logprobs", None)
            if not isinstance(listed, list) or len(listed) != len(before) + len(text):
                raise Unusable("it sent no probabilities for the tokens of the prompt")
            window = zip(text, listed[len(before) :], strict=True)
            found = tuple(_log_probability(token, given) for token, given in window)
        return Scored(found, len(before) + len(text), time.monotonic() - began)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON that the server answers at a path of its own, outside the base URL."""
        root = self.server.url.rstrip("/").removesuffix("/v1")
        return self._client.post(f"{root}{path}", cast_to=object, body=body)

    def models(self) -> list[dict[str, Any]]:
        """What the server says it serves."""
        with said_by_server(self._secret):
            answer = self._client.get("/models", cast_to=object)
        listed = answer.get("data") if isinstance(answer, dict) else None
        return [each for each in listed if isinstance(each, dict)] if type(listed) is list else []

    @property
    def _secret(self) -> str:
        key = self._client.api_key
        return "" if key == _NO_KEY else key

    def _send(self, task: Generate, *, stream: bool) -> Any:
        options: dict[str, Any] = {
            "model": self.server.model,
            "max_tokens": task.max_tokens,
            "temperature": task.temperature,
            "seed": task.seed,
            "stream": stream,
            **({"stream_options": {"include_usage": True}} if stream else {}),
            **({"stop": list(task.stop)} if task.stop else {}),
            **_constrained(task.constraint, self.server.dialect),
        }
        if isinstance(task.prompt, str) and self.server.can_complete:
            return self._client.completions.create(prompt=task.prompt, **options)
        return self._client.chat.completions.create(messages=_messages(task.prompt), **options)

    def _followed(
        self, answer: Any, constraint: Constraint | None, write: Write, began: float
    ) -> Reply:
        """The reply of a stream, while it comes; a choice is written once it is known."""
        pieces: list[str] = []
        usage, is_cut, has_come = None, False, False
        for event in answer:
            has_come = True
            usage = getattr(event, "usage", None) or usage
            is_cut = is_cut or _finish(event) == "length"
            for piece in _pieces(event):
                pieces.append(piece)
                if not isinstance(constraint, Choice):
                    write(piece)
        if not has_come:
            raise Unusable("it sent something that is no reply")
        text = "".join(pieces)
        if isinstance(constraint, Choice):
            text = _chosen(text, constraint, self.server.dialect)
            write(text)
        return Reply(
            text,
            _count(getattr(usage, "prompt_tokens", 0)),
            _count(getattr(usage, "completion_tokens", len(pieces))),
            time.monotonic() - began,
            is_cut,
        )

    def _tokens(self, prompt: Prompt, *, add_special_tokens: bool) -> list[int]:
        given: dict[str, Any] = (
            {"prompt": prompt}
            if isinstance(prompt, str)
            else {"messages": _messages(prompt), "add_generation_prompt": True}
        )
        answer = self.post(
            "/tokenize",
            {"model": self.server.model, "add_special_tokens": add_special_tokens, **given},
        )
        tokens = answer.get("tokens") if isinstance(answer, dict) else None
        if not isinstance(tokens, list) or not all(isinstance(each, int) for each in tokens):
            raise Unusable("it did not say the tokens of a text")
        return tokens


def _messages(prompt: Prompt) -> list[Any]:
    turns = (Message("user", prompt),) if isinstance(prompt, str) else prompt
    return [{"role": turn.role, "content": turn.text} for turn in turns]


def _constrained(constraint: Constraint | None, dialect: Dialect) -> dict[str, Any]:
    """How a server is told of a constraint. vLLM's older names (``guided_json``) are accepted by
    its newer versions and do nothing.
    """
    if constraint is None:
        return {}
    if not dialect:
        raise Refused("this server cannot constrain a reply")
    if dialect == "structured_outputs":
        if isinstance(constraint, Choice):
            return {"extra_body": {"structured_outputs": {"choice": list(constraint.options)}}}
        return {"extra_body": {"structured_outputs": {"json": constraint.text}}}
    schema = _one_of(constraint) if isinstance(constraint, Choice) else _json(constraint.text)
    wrapped = {"name": "reply", "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": wrapped}}


def _one_of(choice: Choice) -> dict[str, Any]:
    """A choice for servers that know only JSON schemas, which often must be of objects."""
    return {
        "type": "object",
        "properties": {"choice": {"enum": list(choice.options)}},
        "required": ["choice"],
        "additionalProperties": False,
    }


def _json(text: str) -> Any:
    import orjson

    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unusable("it sent text that is no JSON") from error


def _reply(answer: Any, constraint: Constraint | None, dialect: Dialect, seconds: float) -> Reply:
    choice = _first_choice(answer)
    message = getattr(choice, "message", None)
    text = getattr(choice, "text", getattr(message, "content", None))
    if not isinstance(text, str):
        raise Unusable("it sent a reply without text")
    if isinstance(constraint, Choice):
        text = _chosen(text, constraint, dialect)
    usage = getattr(answer, "usage", None)
    return Reply(
        text,
        _count(getattr(usage, "prompt_tokens", 0)),
        _count(getattr(usage, "completion_tokens", 0)),
        seconds,
        is_cut=getattr(choice, "finish_reason", None) == "length",
    )


def _chosen(text: str, choice: Choice, dialect: Dialect) -> str:
    """The option that was chosen; a server may ignore what it does not know."""
    found = text
    if dialect == "response_format":
        answer = _json(text)
        found = answer.get("choice", "") if isinstance(answer, dict) else ""
    if found not in choice.options:
        raise Unusable("it did not keep to the choice that it was given")
    return found


def _first_choice(answer: Any) -> Any:
    choices = getattr(answer, "choices", None)
    if not isinstance(choices, list) or not choices:
        raise Unusable("it sent something that is no reply")
    return choices[0]


def _pieces(event: Any) -> Iterator[str]:
    choices = getattr(event, "choices", None)
    if isinstance(choices, list) and choices:
        delta = getattr(choices[0], "delta", None)
        text = getattr(choices[0], "text", getattr(delta, "content", None))
        if isinstance(text, str) and text:
            yield text


def _finish(event: Any) -> Any:
    choices = getattr(event, "choices", None)
    first = choices[0] if isinstance(choices, list) and choices else None
    return getattr(first, "finish_reason", None)


def _hang_up(answer: Any) -> None:
    """Wake up the thread that reads a stream: to close a connection does not, to shut it down does.

    The server sees the connection end, and stops working for it.
    """
    stream = answer.response.extensions["network_stream"]
    with suppress(OSError):  # the server was quicker
        stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def _log_probability(token: int, given: Any) -> float:
    own = given.get(str(token)) if isinstance(given, dict) else None
    value = own.get("logprob") if isinstance(own, dict) else None
    if not isinstance(value, int | float):
        raise Unusable("it left out the probability of a token")
    return float(value)


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0

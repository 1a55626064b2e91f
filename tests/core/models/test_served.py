"""Models on servers: what is sent, what is believed, and what happens when a server is unwell."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from typing import Any, Protocol

import pytest

from benchmarks.model_server import ModelServer, free_port, model_server
from core.errors import ModelError
from core.models import served
from core.models.protocol import (
    Choice,
    Failure,
    Generate,
    JsonSchema,
    Message,
    Reply,
    Score,
    Scored,
    replies,
    reply,
    require,
    scores,
)
from core.models.served import ServedModel
from core.models.server import Server
from core.models.sharing import Patience

QUICK = Patience(seconds=20, attempts=3, first_rest=0.02, longest_rest=0.1)
SOON = Patience(seconds=0.2, attempts=2, first_rest=0.02, longest_rest=0.05)


class OnServers(Protocol):
    """Makes a model on servers."""

    def __call__(self, *servers: Server, **options: Any) -> ServedModel: ...


@pytest.fixture
def model_on() -> Iterator[OnServers]:
    """Makes models that hang up when the test ends."""
    with ExitStack() as opened:

        def make(*servers: Server, **options: Any) -> ServedModel:
            return opened.enter_context(
                closing(ServedModel("echo", servers, **{"patience": QUICK, **options}))
            )

        yield make


def asked(text: str, **options: Any) -> Generate:
    return Generate((Message("user", text),), **options)


def texts(results: list[Reply | Failure]) -> list[str]:
    return [each.text if isinstance(each, Reply) else f"failed: {each.reason}" for each in results]


def read(stream: Generator[str, None, Reply]) -> tuple[list[str], Reply]:
    """What came of a stream, without its empty pieces, and its reply."""
    pieces = []
    while True:
        try:
            pieces.append(next(stream))
        except StopIteration as end:
            return [piece for piece in pieces if piece], end.value


def test_conversations_and_plain_texts_go_to_their_own_endpoints(model_on: OnServers) -> None:
    with model_server() as server:
        model = model_on(server.server())
        assert reply(model, asked("hi")).text == "you said hi"
        assert reply(model, Generate("hi")).text == "you said hi"
        assert server.paths == ["/v1/chat/completions", "/v1/completions"]


def test_plain_text_becomes_a_message_where_a_server_only_chats(model_on: OnServers) -> None:
    with model_server() as server:
        assert reply(model_on(server.server(can_complete=False)), Generate("hi")).text
        assert server.paths == ["/v1/chat/completions"]


def test_tokens_are_counted_as_the_server_says(model_on: OnServers) -> None:
    with model_server() as server:
        found = reply(model_on(server.server()), asked("hi"))
    assert (found.prompt_tokens, found.completion_tokens) == (7, 3)


def test_parameters_arrive(model_on: OnServers) -> None:
    task = asked("hi", max_tokens=9, temperature=0.5, seed=4, stop=("\n",))
    with model_server() as server:
        reply(model_on(server.server()), task)
    sent = server.calls[0]
    assert [sent[name] for name in ("max_tokens", "temperature", "seed", "stop")] == [
        9,
        0.5,
        4,
        ["\n"],
    ]


@pytest.mark.parametrize(
    ("constraint", "sent"),
    [
        (Choice(("Good", "Bad")), {"choice": ["Good", "Bad"]}),
        (JsonSchema('{"type":"object"}'), {"json": '{"type":"object"}'}),
    ],
)
def test_vllm_is_told_of_constraints_by_the_name_that_works(
    model_on: OnServers, constraint: Choice | JsonSchema, sent: dict[str, Any]
) -> None:
    with model_server() as server:
        reply(model_on(server.server()), asked("hi", constraint=constraint))
    assert server.calls[0]["structured_outputs"] == sent
    assert not {"guided_choice", "guided_json"} & server.calls[0].keys()


def test_other_servers_choose_inside_an_object(model_on: OnServers) -> None:
    with model_server() as server:
        model = model_on(server.server(dialect="response_format"))
        assert reply(model, asked("hi", constraint=Choice(("Good", "Bad")))).text == "Bad"


def test_a_choice_that_is_none_of_the_options_is_not_believed(model_on: OnServers) -> None:
    chat = b'{"choices": [{"message": {"role": "assistant", "content": "Well, good."}}]}'
    with model_server(spoil=lambda number: chat) as server:
        model = model_on(server.server())
        found = replies(model, [asked("hi", constraint=Choice(("Good", "Bad")))])
    assert texts(found) == ["failed: it did not keep to the choice that it was given (3 tries)"]


def test_a_score_covers_exactly_the_tokens_of_the_text(model_on: OnServers) -> None:
    with model_server() as server:
        [found] = scores(model_on(server.server()), [Score("ab", "cd")])
    assert isinstance(found, Scored)
    assert found.log_probabilities == (-ord("c") / 100, -ord("d") / 100)
    assert server.calls[0]["prompt"] == [1, *b"abcd"]


def test_a_model_without_a_capability_says_so(model_on: OnServers) -> None:
    with model_server() as server:
        model = model_on(server.server(dialect="", can_score=False))
        with pytest.raises(ModelError, match="Judging needs a model that can keep to one of"):
            require(model, "choice", "Judging")
        with pytest.raises(ModelError, match="Scoring"):
            scores(model, [Score("a", "b")])


def test_capabilities_are_those_that_all_servers_have(model_on: OnServers) -> None:
    one = Server("http://127.0.0.1:1/v1", "m", dialect="structured_outputs", can_score=True)
    other = Server("http://127.0.0.1:2/v1", "m")
    assert model_on(one).capabilities == {"generate", "stream", "score", "json", "choice"}
    assert model_on(one, other).capabilities == {"generate", "stream"}


def test_several_servers_share_the_load(model_on: OnServers) -> None:
    with model_server(seconds=0.02) as one, model_server(seconds=0.02) as other:
        model = model_on(one.server(), other.server())
        tasks = [asked(str(number)) for number in range(60)]
        assert texts(replies(model, tasks)) == [f"you said {number}" for number in range(60)]
    assert len(one.calls) + len(other.calls) == 60
    assert min(len(one.calls), len(other.calls)) > 20


def test_nothing_is_lost_while_a_server_is_away(model_on: OnServers) -> None:
    server = ModelServer(port=free_port())
    model = model_on(server.server())
    later = threading.Timer(0.5, server.start)
    later.start()
    try:
        tasks = [asked(str(number)) for number in range(20)]
        assert texts(replies(model, tasks)) == [f"you said {number}" for number in range(20)]
    finally:
        later.join()
        server.stop()


def test_the_other_server_takes_over_from_one_that_is_away(model_on: OnServers) -> None:
    with model_server() as server:
        gone = Server(f"http://127.0.0.1:{free_port()}/v1", "echo")
        tasks = [asked(str(number)) for number in range(20)]
        found = replies(model_on(gone, server.server()), tasks)
    assert texts(found) == [f"you said {number}" for number in range(20)]


def test_a_server_that_stays_away_fails_each_task_in_words(model_on: OnServers) -> None:
    gone = Server(f"http://127.0.0.1:{free_port()}/v1", "echo")
    [found] = replies(model_on(gone, patience=SOON), [asked("hi")])
    assert isinstance(found, Failure)
    assert found.reason.startswith("it cannot be reached")
    with pytest.raises(ModelError, match="echo gave no answer: it cannot be reached"):
        reply(model_on(gone, patience=SOON), asked("hi"))


RUBBISH = [
    b"",
    b"<html>nginx</html>",
    b"{",
    b"[]",
    b"null",
    b"{}",
    b'{"choices": []}',
    b'{"choices": [{}]}',
    b'{"choices": "yes"}',
    b'{"choices": [{"message": null, "text": 7}]}',
    b'{"choices": [{"message": {"content": null}}]}',
    b'{"choices": [{"message": {"content": {"a": 1}}}]}',
    b"\xff\xfe\x00",
]


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_is_asked_again_and_then_believed_no_more_than_before(
    model_on: OnServers, rubbish: bytes
) -> None:
    with model_server(spoil=lambda number: rubbish if number <= 2 else None) as server:
        assert reply(model_on(server.server()), asked("hi")).text == "you said hi"
        assert len(server.calls) == 3
    with model_server(spoil=lambda number: rubbish) as server:
        [found] = replies(model_on(server.server()), [asked("hi")])
        assert isinstance(found, Failure)
        assert len(server.calls) == QUICK.attempts


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_is_no_score_and_no_stream(model_on: OnServers, rubbish: bytes) -> None:
    with model_server(spoil=lambda number: rubbish) as server:
        model = model_on(server.server(), patience=SOON)
        [found] = scores(model, [Score("a", "b")])
        assert isinstance(found, Failure)
        with pytest.raises(ModelError):
            list(model.stream(asked("hi")))


@pytest.mark.parametrize(("status", "calls"), [(500, 3), (400, 1), (401, 1), (404, 1)])
def test_what_a_server_refuses_is_not_asked_again(
    model_on: OnServers, status: int, calls: int
) -> None:
    with model_server(spoil=lambda number: status) as server:
        [found] = replies(model_on(server.server()), [asked("hi")])
        assert isinstance(found, Failure)
        assert str(status) in found.reason
        assert len(server.calls) == calls


def test_one_bad_task_touches_no_other(model_on: OnServers) -> None:
    with model_server(spoil=lambda number: 400 if number == 3 else None) as server:
        found = replies(model_on(server.server()), [asked(str(number)) for number in range(10)])
    assert sum(isinstance(each, Failure) for each in found) == 1


def test_a_slow_server_is_given_up_in_words(model_on: OnServers) -> None:
    with model_server(seconds=0.5) as server:
        [found] = replies(model_on(server.server(timeout=0.05)), [asked("hi")])
    assert texts([found]) == ["failed: it did not answer in time (3 tries)"]


def test_a_stream_comes_piece_by_piece(model_on: OnServers) -> None:
    with model_server() as server:
        pieces, made = read(model_on(server.server()).stream(asked("a b")))
    assert pieces == ["you ", "said ", "a ", "b "]
    assert made.text == "you said a b "
    assert (made.prompt_tokens, made.completion_tokens) == (7, 3)
    assert made.seconds > 0


@pytest.mark.parametrize(
    ("dialect", "chosen"), [("structured_outputs", "Good"), ("response_format", "Bad")]
)
def test_a_choice_is_one_piece_of_a_stream(model_on: OnServers, dialect: str, chosen: str) -> None:
    task = asked("hi", constraint=Choice(("Good", "Bad")))
    with model_server() as server:
        pieces, made = read(model_on(server.server(dialect=dialect)).stream(task))
    assert (pieces, made.text) == ([chosen], chosen)


def test_a_stream_that_is_closed_stops_the_server_too(model_on: OnServers) -> None:
    with model_server(seconds=0.01) as server:
        stream = model_on(server.server()).stream(asked("word " * 5000))
        next(stream)
        stream.close()
        assert server.hung_up.wait(20)
        assert server.aborted == 1


def test_whoever_waits_for_the_first_word_can_stop_the_server(model_on: OnServers) -> None:
    """It thinks for long, and no word has come: the reading thread waits in the network."""
    with model_server(seconds=1.5) as server:
        model = model_on(server.server())
        stream = model.stream(asked("word " * 5000))
        while not next(stream):
            assert not server.aborted
        began = time.monotonic()
        stream.close()
        assert time.monotonic() - began < 1
        assert server.hung_up.wait(20)
        assert reply(model, asked("hi")).text == "you said hi"  # the server is not thought ill of


def test_whoever_watches_is_told_soon_that_a_server_is_away(
    model_on: OnServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "WATCHED_SECONDS", 0.3)
    gone = Server(f"http://127.0.0.1:{free_port()}/v1", "echo")
    began = time.monotonic()
    with pytest.raises(ModelError, match="cannot be reached"):
        list(model_on(gone).stream(asked("hi")))
    assert time.monotonic() - began < QUICK.seconds / 2


def test_whoever_stops_asking_starts_no_further_task(model_on: OnServers) -> None:
    with model_server(seconds=0.01) as server:
        model = model_on(server.server(), at_once=2)
        results = model.generate([asked(str(number)) for number in range(500)])
        next(results)
        results.close()  # type: ignore[attr-defined]
        time.sleep(0.1)
        seen = len(server.calls)
        time.sleep(0.1)
        assert len(server.calls) == seen < 20


def test_the_key_is_sent_and_never_said(
    model_on: OnServers, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ECHO_KEY", "sk-secret-1234")
    caplog.set_level(logging.DEBUG)
    with model_server(spoil=lambda number: 401) as server:  # whose error repeats the key
        configured = server.server(key_variable="ECHO_KEY")
        [found] = replies(model_on(configured), [asked("hi")])
    assert server.keys == {"Bearer sk-secret-1234"}
    assert isinstance(found, Failure)
    assert "no: Bearer …" in found.reason
    assert "sk-secret-1234" not in repr(configured) + caplog.text


def test_a_key_that_is_not_set_is_asked_for_by_its_variable(
    model_on: OnServers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ECHO_KEY", raising=False)
    with pytest.raises(ModelError, match="environment variable ECHO_KEY"):
        model_on(Server("http://127.0.0.1:1/v1", "m", key_variable="ECHO_KEY"))


@pytest.mark.parametrize(("url", "variable"), [("localhost:80", ""), ("http://x/v1", "sk-abc 12")])
def test_what_is_no_server_is_said_without_repeating_a_key(url: str, variable: str) -> None:
    with pytest.raises(ModelError) as raised:
        Server(url, "m", key_variable=variable)
    assert "sk-abc" not in str(raised.value)

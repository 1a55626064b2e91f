"""Whatever text is given as code, it is read or refused in a sentence, and soon."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.parse import LANGUAGES, guess_language, parse
from core.render import CLIENTS, render
from core.request import Request
from tests.core.strategies import any_texts, requests

N = 30_000
BOMBS: dict[str, Callable[[int], str]] = {
    "open brackets": lambda n: "([{" * (n // 3),
    "open calls": lambda n: "f(" * (n // 2),
    "open quotes": lambda n: "\"'`" * (n // 3),
    "sums": lambda n: "x = " + " + ".join(['"a"'] * (n // 6)),
    "nested lists": lambda n: "x = " + "[" * (n // 2) + "]" * (n // 2),
    "chained calls": lambda n: "x = a" + ".b()" * (n // 4),
    "chained fields": lambda n: "x = a" + ".b" * (n // 2),
    "substitutions": lambda n: "$(" * (n // 2),
    "backquotes": lambda n: "`curl " * (n // 6),
    "here-documents": lambda n: "cat <<A <<B\n" * (n // 12),
    "doubled texts": lambda n: 'a = "ab"; ' + "a = a + a; " * (n // 11),
    "doubled variables": lambda n: "A=aa\n" + "A=$A$A\n" * (n // 7) + "curl $A",
    "lambdas": lambda n: "f(() -> { " * (n // 10),
    "one long line": lambda n: "é = f(x); " * (n // 10),
    "semicolons": lambda n: ";" * n,
    "backslashes": lambda n: "\\" * n,
    "empty lines": lambda n: "\n" * n,
    "digits": lambda n: "x = " + "9" * n,
    "spaces": lambda n: "curl -F 'a=" + " " * n + "b' https://a.example",
    "parts": lambda n: "curl -F 'a=@" + '",' * (n // 2) + "' https://a.example",
}


@pytest.fixture(autouse=True)
def _only_its_own_garbage() -> Iterator[None]:
    """The collector does not look through what thousands of tests before have left."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_is_defused(bomb: str, language: str) -> None:
    start = time.process_time()
    parsed = parse(BOMBS[bomb](N), language)
    assert parsed.request is None or parsed.request.host
    assert time.process_time() - start < 3


@pytest.mark.parametrize("bomb", BOMBS)
def test_language_of_a_bomb_is_guessed(bomb: str) -> None:
    start = time.process_time()
    assert guess_language(BOMBS[bomb](N)) in LANGUAGES
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_nonsense_is_given_up(language: str) -> None:
    start = time.process_time()
    assert parse("a: b)}})\n" * 20_000, language).request is None
    assert time.process_time() - start < 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_much_code_is_refused(language: str) -> None:
    assert "at most" in parse("x" * 200_001, language).reason


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["a\0b", "a\ud800b"])
def test_what_is_no_text_is_refused(code: str, language: str) -> None:
    parsed = parse(code, language)
    assert parsed.request is None
    assert parsed.reason.endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
@given(code=any_texts)
def test_any_text_is_read_or_refused(language: str, code: str) -> None:
    parsed = parse(code, language)
    assert (parsed.request is None) == bool(parsed.reason)


@pytest.mark.parametrize(
    "client_name", [name for name in CLIENTS if CLIENTS[name].language in LANGUAGES]
)
@given(request=requests, data=st.data())
def test_damaged_call_is_read_or_refused(
    client_name: str, request: Request, data: st.DataObject
) -> None:
    code = render(request, client_name)
    start = data.draw(st.integers(0, len(code)))
    end = data.draw(st.integers(start, min(len(code), start + 9)))
    damaged = code[:start] + data.draw(any_texts) + code[end:]
    parsed = parse(damaged, CLIENTS[client_name].language)
    assert (parsed.request is None) == bool(parsed.reason)
    assert all(unknown.line >= 0 for unknown in parsed.unknowns)

"""A request that is rendered for a client is read back as the very same request."""

from __future__ import annotations

import pytest
from hypothesis import given

from core.parse import LANGUAGES, guess_language, parse
from core.parse.call import Parsed
from core.render import CLIENTS, render
from core.request import Request
from tests.core.render.requests import REQUESTS
from tests.core.strategies import requests

READ = [name for name, client in CLIENTS.items() if client.language in LANGUAGES]


def read_back(request: Request, client_name: str) -> Parsed:
    return parse(render(request, client_name), CLIENTS[client_name].language)


@pytest.mark.parametrize("client_name", READ)
@pytest.mark.parametrize("request_name", REQUESTS)
def test_rendered_call_parses_back(request_name: str, client_name: str) -> None:
    request = REQUESTS[request_name]
    assert read_back(request, client_name) == Parsed(request)


@pytest.mark.parametrize("client_name", READ)
@given(request=requests)
def test_any_legal_request_parses_back(client_name: str, request: Request) -> None:
    assert read_back(request, client_name) == Parsed(request)


@pytest.mark.parametrize("client_name", READ)
@pytest.mark.parametrize("request_name", REQUESTS)
def test_language_of_a_call_is_guessed(request_name: str, client_name: str) -> None:
    code = render(REQUESTS[request_name], client_name)
    guessed = guess_language(code)
    assert LANGUAGES[guessed].parse is LANGUAGES[CLIENTS[client_name].language].parse

"""API Pack's scores, with what they let pass."""

from __future__ import annotations

import pytest

from core.errors import UnknownNameError
from core.metrics.published import score
from core.render import CLIENTS
from core.request import Request

PUBLISHED = {client.language: client for client in CLIENTS.values() if client.api_pack_lang}


def call(language: str, method: str = "GET", target: str = "/v1/pets?limit=3") -> str:
    return PUBLISHED[language].render(Request.from_url(method, f"https://api.example.com{target}"))


@pytest.mark.parametrize("language", PUBLISHED)
def test_call_is_right_beside_itself(language: str) -> None:
    found = score(call(language), call(language), language)
    assert found.intent and found.call


@pytest.mark.parametrize("language", PUBLISHED)
def test_other_address_is_wrong(language: str) -> None:
    other = call(language, target="/entirely/elsewhere/and/longer")
    assert not score(other, call(language), language).intent


@pytest.mark.parametrize("language", PUBLISHED)
def test_wrong_method_passes(language: str) -> None:
    assert score(call(language, "PUT"), call(language), language).intent


@pytest.mark.parametrize("method", ["PATCH", "HEAD", "OPTIONS"])
def test_some_methods_are_never_right_in_python(method: str) -> None:
    right = call("python", method)
    assert not score(right, right, "python").intent


def test_query_of_node_is_not_looked_at() -> None:
    other = call("node", target="/v1/pets?entirely=other&and=longer")
    assert score(other, call("node"), "node").intent


def test_address_is_read_only_where_openapi_snippet_writes_it() -> None:
    right = "curl https://api.example.com/v1/pets"
    assert not score(right, right, "curl").intent


def test_url_and_text_must_both_be_alike() -> None:
    longer = call("curl") + "\n" + "# something else entirely" * 10
    found = score(longer, call("curl"), "curl")
    assert found.intent and not found.call


def test_unknown_language_is_said() -> None:
    with pytest.raises(UnknownNameError, match="python"):
        score("", "", "pyton")

"""The requests that every language's variants write, each in its own way."""

from __future__ import annotations

from textwrap import dedent

from core.parse.value import Unknown
from core.request import Body, FormBody, Pairs, Request, json_body

URL = "https://a.example/pets"
QUERY = f"{URL}?limit=10&tag=a%20b"
ACCEPT = (("Accept", "application/json"),)
TOKEN = (("Authorization", "Bearer abc"),)
BASIC = (("Authorization", "Basic dTpw"),)
JSON = json_body({"name": "Rex", "age": 3, "ok": True, "owner": None})
FORM = FormBody((("name", "Rex"), ("note", "a b&c")))


def request(
    method: str, url: str = URL, headers: Pairs = (), cookies: Pairs = (), body: Body | None = None
) -> Request:
    return Request.from_url(method, url, headers=headers, cookies=cookies, body=body)


def get(url: str = URL, headers: Pairs = (), cookies: Pairs = ()) -> Request:
    return request("GET", url, headers, cookies)


def post(
    body: Body | None = None, url: str = URL, headers: Pairs = (), cookies: Pairs = ()
) -> Request:
    return request("POST", url, headers, cookies, body)


def block(code: str) -> str:
    """Code that stands between triple quotes on lines of its own, without their margin."""
    return dedent(code).strip("\n") if code.startswith("\n") else code


def unmarked(code: str) -> tuple[str, tuple[Unknown, ...]]:
    """Code without its ``«marks»``, and the unknown expressions that stood in them."""
    unknowns = []
    while "«" in code:
        before, _, after = code.partition("«")
        inner, _, rest = after.partition("»")
        line = before.count("\n") + 1
        unknowns.append(Unknown(inner, line, len(before) - before.rfind("\n")))
        code = before + inner + rest
    return code, tuple(unknowns)

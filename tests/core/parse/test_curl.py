"""cURL commands as people write them."""

from __future__ import annotations

import pytest

from core.parse import parse
from core.parse.call import Parsed
from core.parse.value import Unknown
from core.request import (
    FileBody,
    FormBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    json_body,
)

URL = "https://a.example/c"


def get(url: str = URL, **more: object) -> Request:
    return Request.from_url("GET", url, **more)  # type: ignore[arg-type]


def post(body: object = None, url: str = URL, **more: object) -> Request:
    return Request.from_url("POST", url, body=body, **more)  # type: ignore[arg-type]


JSON = json_body({"a": 1})
FORM = FormBody((("a", "1"), ("b", "x y")))

VARIANTS: dict[str, tuple[str, Request]] = {
    "bare": ("curl https://a.example/c", get()),
    "no scheme": ("curl a.example:8080/c", get("http://a.example:8080/c")),
    "prompt, pipe": ("$ curl -s https://a.example/c | jq '.[0]'", get()),
    "sudo": ("sudo -E curl https://a.example/c", get()),
    "comments": ("# curl https://b.example\ncurl https://a.example/c # 'c\n", get()),
    "first of two": ("curl https://a.example/c\ncurl https://b.example", get()),
    "next": ("curl https://a.example/c --next https://b.example", get()),
    "condition": ("if ! curl -fsS https://a.example/c; then exit 1; fi", get()),
    "redirects": ("curl https://a.example/c >out.json 2>&1 </dev/null", get()),
    "in a substitution": ('BODY="$(curl -s https://a.example/c)"\necho $BODY', get()),
    "in backquotes": ("BODY=`curl -s https://a.example/c`", get()),
    "unquoted ampersand": ("curl https://a.example/c?x=1&y=2", get(f"{URL}?x=1")),
    "other options": (
        "curl -kLo out.json -w '%{http_code}\\n' --max-time 10 --retry 3 --compressed " + URL,
        get(),
    ),
    "combined flags": ("curl -sSLXDELETE " + URL, Request.from_url("DELETE", URL)),
    "lower-case method": ("curl -X delete " + URL, Request.from_url("DELETE", URL)),
    "head": ("curl -I " + URL, Request.from_url("HEAD", URL)),
    "headers": (
        "curl -H'A: b' --header \"X-Empty;\" -H 'Accept:' -H 'no colon' -A me/1 -e ref " + URL,
        get(headers=(("A", "b"), ("X-Empty", ""), ("User-Agent", "me/1"), ("Referer", "ref"))),
    ),
    "continued lines": (
        "curl -X POST \\\n  'https://a.example/c' \\\r\n"
        '  -H "Content-Type: application/json" \\\n  -d \'{\n    "a": 1\n  }\'\n',
        post(JSON),
    ),
    "variables": (
        'API=https://a.example\nexport NAME=\'x y\'\ncurl "$API/c" -d a=1 -d "b=${NAME}"',
        post(FORM),
    ),
    "ansi quotes": ("curl $'https://a.example/\\x63' -d $'a=1&b=x\\u0020y'", post(FORM)),
    "data": ("curl -d 'a=1&b=x+y' " + URL, post(FORM)),
    "data in pieces": ("curl -da=1 --data-urlencode 'b=x y' " + URL, post(FORM)),
    "urlencode without a name": (
        "curl --data-urlencode 'a b' --data-urlencode '=c=d' " + URL,
        post(FormBody((("a b", ""), ("c=d", "")))),
    ),
    "data of another type": (
        "curl -d '<a/>' -H 'content-type: text/xml' " + URL,
        post(TextBody("<a/>", "text/xml")),
    ),
    "empty data": ("curl -X POST -d '' " + URL, post()),
    "get with data": (
        "curl -G 'https://a.example/c?z=0' -d a=1 --data-urlencode 'b=x y'",
        get(f"{URL}?z=0&a=1&b=x%20y"),
    ),
    "url-query": (
        "curl 'https://a.example/c#top' --url-query 'b=x y' --url-query +c=%41",
        get(f"{URL}?b=x%20y&c=A"),
    ),
    "json": (
        "curl --json '{\"a\":' --json 1} " + URL,
        post(JSON, headers=(("Accept", "application/json"),)),
    ),
    "here-document": (
        "curl -H 'content-type: application/json' -d @- https://a.example/c <<EOF\n"
        '{\n"a": 1}\nEOF',
        post(JSON),
    ),
    "here-document in a substitution": (
        "curl https://a.example/c -H 'content-type: application/json' -d \"$(cat <<'EOF'\n"
        '{"a": 1}\nEOF\n)"',
        post(JSON),
    ),
    "pipe": (
        "echo '{\"a\": 1}' | curl -H 'content-type: application/json' --data-binary @- " + URL,
        post(JSON),
    ),
    "file": (
        "curl -d @body.json -H 'Content-Type: application/json' " + URL,
        post(FileBody("body.json", "application/json")),
    ),
    "upload": (
        "curl -T photo.png https://a.example/c/",
        Request.from_url("PUT", f"{URL}/photo.png", body=FileBody("photo.png")),
    ),
    "form": (
        "curl -F a=1 -F 'b= x;y' -F 'p=@x.png;type=image/png; q=1;filename=y.png' "
        "-F 'f=@\"a b.txt\",c.txt' --form-string 'd=@e;f' " + URL,
        post(
            MultipartBody(
                (
                    Part("a", "1"),
                    Part("b", "x"),
                    Part("p", None, "y.png", "image/png; q=1"),
                    Part("f", None, "a b.txt"),
                    Part("f", None, "c.txt"),
                    Part("d", "@e;f"),
                )
            )
        ),
    ),
    "cookies": (
        "curl -b 'a=1; b=2' --cookie c=3 -b jar.txt " + URL,
        get(cookies=(("a", "1"), ("b", "2"), ("c", "3"))),
    ),
    "header instead": (
        "curl -b a=1 -A me -u a:b -H 'Cookie: d=4' -H user-agent: -H 'authorization: c' " + URL,
        get(headers=(("authorization", "c"),), cookies=(("d", "4"),)),
    ),
    "user": (
        "curl -u Aladdin:'open sesame' " + URL,
        get(headers=(("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),)),
    ),
    "user in the URL": (
        "curl https://Aladdin:open%20sesame@a.example/c",
        get(headers=(("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),)),
    ),
    "bearer": (
        "curl --oauth2-bearer t " + URL,
        get(headers=(("Authorization", "Bearer t"),)),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_read(name: str) -> None:
    code, request = VARIANTS[name]
    assert parse(code, "curl") == Parsed(request)


HOLES: dict[str, tuple[str, Request, tuple[Unknown, ...]]] = {
    "header": (
        'curl https://a.example/c \\\n  -d "é=$A" -H "Authorization: Bearer ${TOKEN}"',
        post(FormBody((("é", "REPLACE_A"),)), headers=(("Authorization", "Bearer REPLACE_TOKEN"),)),
        (Unknown("$A", 2, 9), Unknown("${TOKEN}", 2, 39)),
    ),
    "variable from a command": (
        'T=$(pass show api)\ncurl https://a.example/c -H "A: $T"',
        get(headers=(("A", "REPLACE_api"),)),
        (Unknown("$(pass show api)", 1, 3),),
    ),
    "beginning of the URL": (
        'curl "$BASE_URL/c"',
        get("https://REPLACE_BASE_URL/c"),
        (Unknown("$BASE_URL", 1, 7),),
    ),
    "in JSON, with quotes and without": (
        'curl --json "{\\"a\\":\\"x $A\\",\\"b\\":$B}" -H Accept: https://a.example/c',
        post(json_body({"a": "x REPLACE_A", "b": "REPLACE_B"})),
        (Unknown("$A", 1, 25), Unknown("$B", 1, 36)),
    ),
    "password": (
        'curl -u "me:$PASSWORD" https://a.example/c',
        get(headers=(("Authorization", "Basic REPLACE_PASSWORD"),)),
        (Unknown("$PASSWORD", 1, 13),),
    ),
    "options in a variable": (
        'curl $OPTIONS https://a.example/c -d "id=$1"',
        post(FormBody((("id", "REPLACE_value"),))),
        (Unknown("$1", 1, 42),),
    ),
}


@pytest.mark.parametrize("name", HOLES)
def test_unknown_becomes_a_placeholder(name: str) -> None:
    code, request, unknowns = HOLES[name]
    assert parse(code, "curl") == Parsed(request, unknowns)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "No call to a URL was found in this code."),
        ("wget https://a.example", "No call to a URL was found in this code."),
        ("echo curl https://a.example", "No call to a URL was found in this code."),
        ("curl --request=POST https://a.example", "Put a space in the place of the “=”"),
        ('curl "$URL"', "The URL is not stated in the code (line 1: “$URL”)."),
        ("curl -X $METHOD https://a.example", "The method is not stated in the code"),
        ("curl ftp://a.example/file", "it takes https:// or http://"),
        ("curl 'https://a.example' -H 'X: é'", "only visible ASCII"),
    ],
)
def test_reason_says_why_there_is_no_request(code: str, reason: str) -> None:
    parsed = parse(code, "curl")
    assert parsed.request is None
    assert reason in parsed.reason

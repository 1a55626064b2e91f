"""One table of requests that every client must render: the usual ones, then the hostile ones."""

from __future__ import annotations

from core.request import (
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    json_body,
)

PETS = "https://api.example.com/v1/pets"
UPLOAD = "https://api.example.com/v1/upload"

HOSTILE = "'\"\\ $HOME ${x} $(id) `id` #{1+1} \\(x) %s %% %@ {x} ??/ ??= \\n \\u0041 <b>&amp; */ //"
"""What some language expands, ends a literal with, or takes for a format."""

UNICODE = "é ß 汉字 \U0001f600 \u2028\u2029 \ufeff \x7f \x85 \x9f e\u0301"
"""Beyond ASCII, also what editors and old parsers take for line ends."""

LINES = "one\ntwo\r\nthree\ttab\x0b\x0c\x1b[0m\r"

REQUESTS: dict[str, Request] = {
    "get": Request.from_url("GET", PETS),
    "get-query-header": Request.from_url(
        "GET",
        f"{PETS}/%7BpetId%7D?limit=SOME_INTEGER_VALUE&tag=a%20b%26c&sort=name",
        headers=(("X-Trace", "SOME_STRING_VALUE"),),
    ),
    "get-http-port": Request.from_url("GET", "http://localhost:8080/health?verbose=true"),
    "get-root": Request.from_url("GET", "https://example.com"),
    "get-query-repeated": Request.from_url("GET", f"{PETS}?tag=cat&tag=dog&page=2"),
    "get-query-integer-names": Request.from_url("GET", f"{PETS}?q=x&10=ten&2=two"),
    "get-query-flag": Request.from_url("GET", f"{PETS}?archived&empty=&limit=5"),
    "get-query-reserved": Request.from_url(
        "GET",
        f"{PETS}?path=/a/b:c&list=1,2;3&mail=a@b.c&slash=a%2Fb&plus=1+2%2B3&bytes=%FF&'!*()=~",
    ),
    "get-query-deep": Request.from_url("GET", f"{PETS}?filter%5Bname%5D=Rex&at=%C3%A9%E2%82%AC"),
    "get-path-reserved": Request.from_url(
        "GET", "https://api.example.com/v1/users('a@b.c')/$count;v=1/a%2Fb/:run/é"
    ),
    "get-brackets": Request.from_url("GET", "http://[::1]:8080/v1/pets?ids%5B%5D=1"),
    "get-host-placeholder": Request.from_url("GET", "https://{region}.example.com/v1/pets"),
    "get-headers": Request.from_url(
        "GET",
        PETS,
        headers=(
            ("accept", "application/json, text/plain;q=0.5"),
            ("Authorization", "Bearer REPLACE_token"),
            ("X-Empty", ""),
            ("A-Last", "1"),
        ),
    ),
    "get-headers-hostile": Request.from_url(
        "GET",
        PETS,
        headers=(
            ("X-Hostile", HOSTILE),
            ("X-Tab", "a\tb  c"),
            ("X-At", "@file"),
            ("X-Semicolon", 'a; b="c, d";'),
            ("!#$%&'*+-.^_`|~9", "every token character"),
        ),
    ),
    "get-cookies": Request.from_url(
        "GET",
        "https://api.example.com/v1/me",
        headers=(("X-Trace", "t-1"),),
        cookies=(("sid", "SOME_STRING_VALUE"), ("lang", "en%20us"), ("empty", "")),
    ),
    "get-cookies-hostile": Request.from_url(
        "GET", PETS, cookies=(("a$b", "'\"\\$HOME #{x} \\(x) %s `id`"), ("c", "d=e=f"))
    ),
    "get-json-body": Request.from_url("GET", PETS, body=json_body({"query": {"name": "Rex"}})),
    "head": Request.from_url("HEAD", PETS),
    "options": Request.from_url("OPTIONS", PETS),
    "delete": Request.from_url("DELETE", f"{PETS}/7", headers=(("If-Match", '"abc"'),)),
    "delete-json": Request.from_url("DELETE", PETS, body=json_body({"ids": [1, 2]})),
    "method-odd": Request.from_url("M-SEARCH", PETS),
    "method-odd-json": Request.from_url("REPORT", PETS, body=json_body({"depth": 1})),
    "method-hostile": Request.from_url("IT'S$`!", PETS),
    "post-empty": Request.from_url("POST", f"{PETS}/7/archive"),
    "put-empty": Request.from_url("PUT", f"{PETS}/7/star", headers=(("X-Trace", "t-1"),)),
    "json": Request.from_url(
        "POST",
        PETS,
        headers=(("Authorization", "Bearer REPLACE_token"),),
        body=json_body(
            {
                "name": "string",
                "age": 0,
                "weight": 0.1,
                "ok": True,
                "tags": ["string"],
                "owner": {"email": "user@example.com", "phones": [{"kind": "home", "number": "1"}]},
            }
        ),
    ),
    "json-patch": Request.from_url(
        "PATCH",
        f"{PETS}/7?notify=true",
        cookies=(("sid", "abc"),),
        body=json_body(
            [{"op": "replace", "path": "/name", "value": None}], "application/json-patch+json"
        ),
    ),
    "json-empty-values": Request.from_url(
        "PUT",
        PETS,
        body=json_body(
            {"null": None, "false": False, "": "", "list": [], "map": {}, "in": [[], {}]}
        ),
    ),
    "json-null": Request.from_url("POST", PETS, body=json_body(None)),
    "json-false": Request.from_url("POST", PETS, body=json_body(False)),
    "json-zero": Request.from_url("POST", PETS, body=json_body(0)),
    "json-empty-string": Request.from_url("POST", PETS, body=json_body("")),
    "json-empty-object": Request.from_url("POST", PETS, body=json_body({})),
    "json-empty-list": Request.from_url("POST", PETS, body=json_body([])),
    "json-mixed-list": Request.from_url("POST", PETS, body=json_body([1, "a", None, True, [2.5]])),
    "json-numbers": Request.from_url(
        "POST",
        PETS,
        body=json_body(
            {"big": 12345678901234567890, "negative": -5, "tiny": 1e-7, "huge": 1e25, "half": 0.5}
        ),
    ),
    "json-integer-keys": Request.from_url("POST", PETS, body=json_body({"b": 1, "10": 2, "2": 3})),
    "json-proto-key": Request.from_url(
        "POST", PETS, body=json_body({"__proto__": {"admin": True}, "constructor": "x"})
    ),
    "json-hostile": Request.from_url(
        "POST", PETS, body=json_body({"text": HOSTILE, HOSTILE: "key", "$where": "pa$$word"})
    ),
    "json-unicode": Request.from_url(
        "POST", PETS, body=json_body({"text": UNICODE, "ключ": "значение", "nul": "a\0b"})
    ),
    "json-lines": Request.from_url("POST", PETS, body=json_body({"text": LINES})),
    "json-equal-keys": Request.from_url(
        "POST", PETS, body=json_body({"\u00e9": 1, "e\u0301": 2, "text": "\\#(x) \\##(x)"})
    ),
    "json-deep": Request.from_url("POST", PETS, body=JsonBody("[" * 60 + "{}" + "]" * 60)),
    "json-media-type": Request.from_url(
        "POST",
        PETS,
        body=JsonBody('{"data":{"type":"pets"}}', "application/vnd.api+json; charset=utf-8"),
    ),
    "form": Request.from_url(
        "POST",
        "https://api.example.com/v1/token",
        body=FormBody((("user", "user@example.com"), ("scope", "read write"))),
    ),
    "form-hostile": Request.from_url(
        "POST",
        "https://api.example.com/v1/token",
        body=FormBody(
            (
                ("2", "two"),
                ("a[]", "@file"),
                ("a[]", ""),
                ("", "nameless"),
                (HOSTILE, LINES + UNICODE),
            )
        ),
    ),
    "form-empty": Request.from_url("POST", "https://api.example.com/v1/token", body=FormBody(())),
    "multipart": Request.from_url(
        "POST",
        UPLOAD,
        body=MultipartBody((Part("title", "string"), Part("meta", '{"k":0}'))),
    ),
    "multipart-file": Request.from_url(
        "POST",
        UPLOAD,
        headers=(("X-Trace", "t-1"),),
        body=MultipartBody((Part("title", "Rex"), Part("photo", None, "rex.png"))),
    ),
    "multipart-typed": Request.from_url(
        "POST",
        UPLOAD,
        body=MultipartBody(
            (
                Part("meta", '{"k":"a;b, c"}', media_type="application/json; charset=utf-8"),
                Part("photo", None, "photos/my rex.png", "image/png"),
                Part("photo", None, "second.png", "image/png"),
                Part("note", "last"),
            )
        ),
    ),
    "multipart-hostile": Request.from_url(
        "POST",
        UPLOAD,
        body=MultipartBody(
            (
                Part("at", "@file"),
                Part("less", "<file;type=text/html"),
                Part("=;'%22%0D", " " + HOSTILE, media_type="text/plain"),
                Part("", "nameless"),
                Part(UNICODE.replace("\x7f", ""), LINES + UNICODE),
                Part("boundary", "-----011000010111000001101001--"),
                Part("a=b", None, " $x 'é`.bin ", 'application/x; a="b,c"'),
            )
        ),
    ),
    "multipart-mixed": Request.from_url(
        "POST",
        UPLOAD,
        body=MultipartBody(
            (Part("meta", "{}", media_type="application/json"), Part("data", None, "data.csv")),
            "multipart/mixed",
        ),
    ),
    "multipart-empty": Request.from_url("POST", UPLOAD, body=MultipartBody(())),
    "text-comment": Request.from_url(
        "POST",
        "https://api.example.com/v1/notes?*/",
        headers=(("Accept", "*/*"),),
        body=TextBody('/* a // b */ "/*', "text/plain"),
    ),
    "text": Request.from_url("POST", PETS, body=TextBody("Hello, Rex!", "text/plain")),
    "text-empty": Request.from_url("POST", PETS, body=TextBody("", "text/plain")),
    "text-at": Request.from_url("POST", PETS, body=TextBody("@/etc/passwd", "text/plain")),
    "text-xml": Request.from_url(
        "PUT",
        PETS,
        body=TextBody(
            '<?xml version="1.0"?>\n<pet name="Rex">\n  <age>3</age>\n</pet>\n', "text/xml"
        ),
    ),
    "text-hostile": Request.from_url(
        "POST", PETS, body=TextBody(LINES + HOSTILE + UNICODE, 'text/plain; charset="utf-8"')
    ),
    "text-not-json": Request.from_url("POST", PETS, body=TextBody('{"a":', "application/json")),
    "file": Request.from_url("PUT", f"{UPLOAD}/7", body=FileBody("photo.png", "image/png")),
    "file-hostile": Request.from_url("POST", UPLOAD, body=FileBody("$x 'é` #{y} %s.bin")),
    "everything": Request.from_url(
        "POST",
        f"{PETS}/7?dry-run&tag=a%20b",
        headers=(("X-Trace", "t-1"), ("X-Empty", "")),
        cookies=(("sid", "abc"), ("theme", "dark")),
        body=json_body({"text": HOSTILE + UNICODE + LINES, "list": [None, False, 0, -1.5, {}]}),
    ),
}

"""Hypothesis strategies for requests of every kind, with the most hostile texts they may hold."""

from __future__ import annotations

from hypothesis import strategies as st

from core import wire
from core.request import (
    FileBody,
    FormBody,
    Json,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    json_body,
)

FRAGMENTS = (
    *(
        "'",
        '"',
        "\\",
        '"""',
        "`id`",
        "$x",
        "${x}",
        "$(id)",
        "#{x}",
        "#$x",
        "#@x",
        "\\(x)",
        "\\#(x)",
    ),
    *("%s", "%%", "%@", "??/", "??=", "\\u0041", "\\n", "*/", "//", "<?php", "?>", "<!--", "]]>"),
    *("\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\x00"),
    *("é", "e\u0301", "汉字", "\U0001f600", "@file", "<file", "-----011000010111000001101001"),
    *(
        " ",
        ",",
        ";",
        ":",
        "=",
        "&",
        "+",
        "%20",
        "[",
        "]",
        "{",
        "}",
        "--",
        "EOF",
        "__END__",
        "a",
        "0",
    ),
)
"""What some language expands, ends a literal with, or cannot hold as it is."""

_fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join)
any_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | _fragments
texts = any_texts.map(lambda text: text.replace("\0", ""))
header_texts = texts.map(
    lambda text: "".join([c for c in text if c == "\t" or " " <= c <= "~"]).strip(" \t")
)
tokens = st.text("!#$%&'*+-.^_`|~09azAZ", min_size=1, max_size=8)
names = texts.map(lambda text: "".join([c for c in text if c >= " " and c not in '"\\\x7f']))
filenames = names.map(lambda text: text.translate(str.maketrans("", "", ";,"))).filter(
    lambda text: text not in ("", "-")
)
media_types = st.sampled_from(["text/plain", "image/png", 'application/x; a="b,c"', "text/x;q=$x"])

json_values: st.SearchStrategy[Json] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([2**53, -(2**53), 2**63, 10**30])
    | st.floats(allow_nan=False, allow_infinity=False)
    | any_texts,
    lambda values: (
        st.lists(values, max_size=4)
        | st.dictionaries(any_texts | st.sampled_from(["10", "2", "__proto__"]), values, max_size=4)
    ),
    max_leaves=12,
)
parts = st.builds(Part, names, texts, st.none(), st.none() | media_types) | st.builds(
    Part, names, st.none(), filenames, st.none() | media_types
)
bodies = st.one_of(
    st.builds(json_body, json_values),
    st.builds(json_body, json_values, st.just("application/vnd.api+json; charset=utf-8")),
    st.builds(lambda depth: JsonBody("[" * depth + "]" * depth), st.integers(1, 300)),
    st.builds(FormBody, st.lists(st.tuples(texts, texts), max_size=4).map(tuple)),
    st.builds(
        MultipartBody,
        st.lists(parts, max_size=4).map(tuple),
        st.sampled_from(["multipart/form-data", "multipart/mixed"]),
    ),
    st.builds(TextBody, texts, media_types),
    st.builds(FileBody, filenames, media_types),
)
cookies = st.tuples(header_texts, header_texts).map(
    lambda pair: (pair[0].translate(str.maketrans("", "", ";=")).strip(), pair[1].replace(";", ""))
)


def _without_double_names(pairs: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    kept = {name.lower(): (name, value) for name, value in pairs}
    return tuple(kept.values())


requests = st.builds(
    Request,
    method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]) | tokens,
    scheme=st.sampled_from(["https", "http"]),
    host=st.sampled_from(
        ["api.example.com", "localhost:8080", "[::1]", "{region}.example.com", "$(id).(x)#{1}%s;é"]
    ).map(lambda host: host.replace("#", "")),
    path=texts.map(lambda text: wire.normal_path(f"/{text}")),
    query=st.lists(
        st.tuples(texts.map(wire.encode), st.none() | texts.map(wire.normal_query)), max_size=4
    ).map(tuple),
    headers=st.lists(st.tuples(tokens, header_texts), max_size=3).map(_without_double_names),
    cookies=st.lists(cookies, max_size=3).map(tuple),
    body=st.none() | bodies,
)
"""Legal requests of every shape."""

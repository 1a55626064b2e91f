"""Every legal request, with the texts that some language or library stumbles over."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from core import wire
from core.errors import RequestError
from core.request import (
    FORM_MEDIA_TYPE,
    MULTIPART_MEDIA_TYPE,
    Body,
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    json_body,
)

_FRAGMENTS = (
    "'", '"', "\\", "`", "$HOME", "${x}", "$(id)", "#{1}", "#$x", "#@x", "\\(x)", "%s", "%@", "%%",
    "%n", "%41", "%", "{{x}}", "{x}", "}", "??/", "\\n", "\\u0041", "\\x", "\\0", "\\", "</script>",
    '"""', "\\#(x)", "<?php", "?>",
    "*/", "//", "/*", "#", "&", "=", "+", "?", ";", ":", ",", "@file", "<file", "~", "!", "|", "^",
    "(", ")", "[1-3]", "[]", "{a,b}", "\n", "\r\n", "\r", "\t", "\x0b", "\x1b[0m", "\x7f", "\x85",
    "\u2028", "\u2029", "\ufeff", "\ue000", "\ufffd", "é", "e\u0301", "汉字", "\U0001f600", " ",
    "  ", "a", "b1", "name", "10", "007", "-1", "null", "true", "undefined", "__proto__", "EOF",
    "PHP;", "=end", "__END__", "---011000010111000001101001", "--", "-", "boundary=", "0", "\0",
)  # fmt: skip
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY")
_TOKEN = "!#$%&'*+-.^_`|~0123456789ABCXYZ"

_characters = st.characters(exclude_categories=["Cs"])
any_texts = st.lists(
    st.sampled_from(_FRAGMENTS) | st.text(_characters, max_size=3), max_size=5
).map("".join)
"""Text made of what means something in code, and of anything else."""

_texts = any_texts.map(lambda text: text.replace("\0", ""))
_visible_texts = any_texts.map(
    lambda text: "".join([c for c in text if c == "\t" or " " <= c <= "~"]).strip(" \t")
)
_names = _texts.map(lambda text: "".join([c for c in text if c >= " " and c not in '"\\\x7f']))
_file_names = _names.map(
    lambda text: "".join([c for c in text if c not in "';,"]) or "photo.png"
).filter(lambda text: text != "-")
_header_names = st.sampled_from(
    ("Accept", "Authorization", "x-api-key", "Host", "User-Agent", "10", "2", "__proto__", "X-A")
) | st.text(_TOKEN + "abcxyz", min_size=1, max_size=8)
_kept_elsewhere = ("cookie", "content-type", "content-length")
_parameters = st.sampled_from(
    ("", "; charset=utf-8", ';charset="UTF-8"', "; a=\"b,c\"; d='e\\f'", "; x=$y #{z} %s")
)


def _media_types(*essences: str) -> st.SearchStrategy[str]:
    return st.builds("{}{}".format, st.sampled_from(essences), _parameters)


_json_leaves: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from((2**53, 2**53 + 1, -(2**63), 10**30, 0, -1, 1e300, 5e-324, 0.1, -0.0, 1e21))
    | st.floats(allow_nan=False, allow_infinity=False)
    | any_texts
)


json_values: st.SearchStrategy[Any] = st.recursive(
    _json_leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_texts, inner, max_size=4),
    max_leaves=12,
)
"""Any JSON value, keys and texts hostile."""


def _deep_list(depth: int) -> Body:
    return JsonBody("[" * depth + "]" * depth)


_parts = st.one_of(
    st.builds(
        Part,
        _names,
        _texts,
        st.none(),
        st.none() | _media_types("application/json", "text/plain", "x/y"),
    ),
    st.builds(
        Part,
        _names,
        st.none(),
        _file_names,
        st.none() | _media_types("image/png", "application/json", "x/y"),
    ),
)


def _is_legal(body: Body) -> bool:
    """Whether a text is one: text that is JSON has a body of its own."""
    try:
        Request("POST", "https", "example.com", "/", body=body)
    except RequestError:
        return False
    return True


_json_types = _media_types("application/json", "application/vnd.api+json", "text/json")

bodies: st.SearchStrategy[Body] = st.one_of(
    st.builds(json_body, json_values, _json_types),
    st.builds(_deep_list, st.integers(1, 300)),
    st.builds(
        FormBody,
        st.lists(st.tuples(_texts, _texts), max_size=4).map(tuple),
        _media_types(FORM_MEDIA_TYPE),
    ),
    st.builds(
        MultipartBody,
        st.lists(_parts, max_size=4).map(tuple),
        _media_types(MULTIPART_MEDIA_TYPE, "multipart/mixed"),
    ),
    st.builds(TextBody, _texts, _media_types("text/plain", "application/xml", "text/csv")),
    st.builds(TextBody, _texts, _media_types("application/json")).filter(_is_legal),
    st.builds(FileBody, _file_names, _media_types("application/octet-stream", "application/json")),
)
"""Any body that a request may have."""

_hosts = st.sampled_from(
    ("example.com", "localhost:8080", "[::1]:80", "{region}.example.com", "$(id).(x){1}%s;é")
)
_queries = st.lists(
    st.tuples(
        _texts.map(lambda text: wire.normal_query(text).replace("=", "%3D")),
        st.none() | _texts.map(wire.normal_query) | any_texts.map(wire.encode),
    ).filter(lambda pair: pair != ("", None)),
    max_size=4,
).map(tuple)
_headers = st.lists(
    st.tuples(_header_names, _visible_texts).filter(
        lambda pair: pair[0].lower() not in _kept_elsewhere
    ),
    max_size=4,
    unique_by=lambda pair: pair[0].lower(),
).map(tuple)
_cookies = st.lists(
    st.tuples(
        _visible_texts.map(lambda text: text.replace(";", "").replace("=", "").strip()),
        _visible_texts.map(lambda text: text.replace(";", "").strip()),
    ),
    max_size=3,
).map(tuple)


requests = st.builds(
    Request,
    method=st.sampled_from(_METHODS) | st.text(_TOKEN, min_size=1, max_size=8),
    scheme=st.sampled_from(("https", "http")),
    host=_hosts,
    path=_texts.map(lambda text: "/" + wire.normal_path(text)),
    query=_queries,
    headers=_headers,
    cookies=_cookies,
    body=st.none() | bodies,
)
"""Any legal request."""

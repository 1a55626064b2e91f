"""The views of a body that clients share."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.render.body import chunks, content_type, form_text, quoted_text, sent_text
from core.render.multipart import BOUNDARY, FileChunk
from core.request import Body, FileBody, FormBody, MultipartBody, Part, TextBody, json_body

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))

BODIES: list[tuple[Body, str | None, str]] = [
    (json_body({"a": 1}), '{"a":1}', "application/json"),
    (FormBody((("a b", "c&d"),)), "a+b=c%26d", "application/x-www-form-urlencoded"),
    (FormBody(()), "", "application/x-www-form-urlencoded"),
    (TextBody("<a/>", "text/xml"), "<a/>", "text/xml"),
    (FileBody("a.bin"), None, "application/octet-stream"),
    (MultipartBody((Part("f", None, "a.bin"),)), None, f"multipart/form-data; boundary={BOUNDARY}"),
    (MultipartBody(()), f"--{BOUNDARY}--\r\n", f"multipart/form-data; boundary={BOUNDARY}"),
]


@pytest.mark.parametrize(("body", "text", "media_type"), BODIES)
def test_text_and_content_type(body: Body, text: str | None, media_type: str) -> None:
    assert sent_text(body) == text
    assert quoted_text(body) == (None if text is None else json.dumps(text))
    assert content_type(body) == media_type


def test_a_file_is_a_chunk() -> None:
    assert chunks(FileBody("a.bin")) == [FileChunk("a.bin")]


@given(st.lists(st.tuples(texts, texts), min_size=1))
def test_form_text_reads_back(pairs: list[tuple[str, str]]) -> None:
    text = form_text(FormBody(tuple(pairs)))
    assert parse_qsl(text, keep_blank_values=True, strict_parsing=True) == pairs


def test_views_leave_the_body_as_it_was() -> None:
    body = FormBody((("a", "b"),))
    assert quoted_text(body) is quoted_text(body)
    assert body == FormBody((("a", "b"),))
    assert hash(body) == hash(FormBody((("a", "b"),)))

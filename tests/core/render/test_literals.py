"""A literal is read back as the text that it was made from, and nothing in it expands."""

from __future__ import annotations

import json
import re
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.render.literals import (
    as_go,
    as_php,
    as_ruby,
    as_swift,
    c_quoted,
    curl_form_word,
    double_quoted,
    needs_as_swift,
    ruby_single_quoted,
    shell_word,
    single_quoted,
)

texts = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("'\"\\$`#{}()%?@\n\r\t\0\b\f\x1f\x7f\ufeff")
)


def read_c(literal: str) -> str:
    """What a C compiler makes of a literal; refuses what is no C or would be a trigraph."""
    assert literal[0] == literal[-1] == '"' and "??" not in literal
    named = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "?": "?"}
    pieces = re.split(r"\\([0-7]{3}|.)", literal[1:-1])
    assert not any(re.search(r'[\x00-\x1f"\\]', piece) for piece in pieces[::2])
    pieces[1::2] = [named[code] if code in named else chr(int(code, 8)) for code in pieces[1::2]]
    return "".join(pieces)


@given(texts)
def test_shell_word_is_one_word(text: str) -> None:
    assert shlex.split(shell_word(text)) == [text]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "''"),
        ("a-b_c/d.e@f%20:g=h^", "a-b_c/d.e@f%20:g=h^"),
        ("it's", "'it'\\''s'"),
        ("=ls", "'=ls'"),  # zsh takes =ls for the path of ls
        ("~", "'~'"),
    ],
)
def test_shell_word_is_bare_where_nothing_is_special(text: str, word: str) -> None:
    assert shell_word(text) == word


@given(texts)
def test_double_quoted_reads_back(text: str) -> None:
    assert json.loads(double_quoted(text)) == text


@given(texts)
def test_c_quoted_reads_back(text: str) -> None:
    assert read_c(c_quoted(text)) == text


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("a??=b", '"a?\\?=b"'),
        ("\x1b1\n", '"\\0331\\n"'),
        ("\\u001f", '"\\\\u001f"'),
        ("why?", '"why?"'),
    ],
)
def test_c_quoted_has_neither_trigraphs_nor_json_escapes(text: str, literal: str) -> None:
    assert c_quoted(text) == literal


@given(texts)
def test_curl_form_word_reads_back(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", curl_form_word(text)[1:-1], flags=re.DOTALL) == text


@given(texts)
def test_go_literal_reads_back(text: str) -> None:
    literal = as_go(double_quoted(text))
    assert json.loads(literal) == text and "\ufeff" not in literal


@given(texts)
def test_ruby_literal_reads_back_and_expands_nothing(text: str) -> None:
    literal = as_ruby(double_quoted(text))
    escapes = re.findall(r"\\.|#[{$@]|[^\\]", literal, re.DOTALL)
    assert not {"#{", "#$", "#@"} & set(escapes)
    assert json.loads("".join(["#" if found == "\\#" else found for found in escapes])) == text


@given(texts)
def test_ruby_single_quoted_reads_back(text: str) -> None:
    literal = ruby_single_quoted(text)
    assert re.fullmatch(r"'(\\['\\]|[^'\\])*'", literal)
    assert re.sub(r"\\(.)", r"\1", literal[1:-1]) == text


@given(texts)
def test_swift_literal_reads_back(text: str) -> None:
    literal = as_swift(double_quoted(text))
    assert "\x7f" not in literal and not re.search(r"(?<!\\)(\\\\)*\\[^nrt\"\\u]", literal)
    as_json = re.sub(
        r"\\(?:u\{(.*?)\}|.)", lambda match: f"\\u{match[1]:0>4}" if match[1] else match[0], literal
    )
    assert json.loads(as_json) == text


@given(texts)
def test_needs_as_swift_tells_when_swift_differs(text: str) -> None:
    if not needs_as_swift(json.dumps([text], ensure_ascii=False)):
        assert as_swift(double_quoted(text)) == double_quoted(text)


@given(texts)
def test_single_quoted_reads_back(text: str) -> None:
    literal = single_quoted(text)
    assert re.fullmatch(r"'(\\.|[^'\\])*'", literal)
    as_json = re.sub(
        r"\\.|\"", lambda match: {"\\'": "'", '"': '\\"'}.get(match[0], match[0]), literal
    )
    assert json.loads(f'"{as_json[1:-1]}"') == text


@given(texts)
def test_php_literal_reads_back_and_expands_nothing(text: str) -> None:
    literal = as_php(double_quoted(text))
    assert re.fullmatch(r'"(\\[nrtf"\\$]|\\u\{[0-9a-f]+\}|[^"\\$])*"', literal)
    as_json = re.sub(
        r"\\(?:u\{(.*?)\}|.)", lambda match: f"\\u{match[1]:0>4}" if match[1] else match[0], literal
    )
    assert (
        json.loads(re.sub(r"\\(\\|\$)", lambda match: match[0].replace("\\$", "$"), as_json))
        == text
    )

"""Bytes to plain values: what they mean, which are refused, and in which words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DocumentError
from core.openapi.limits import Limits
from core.openapi.syntax import parse, parse_value
from tests.core.openapi.bounded import open_bounded

SCALARS = {
    "true": True,
    "True": True,
    "FALSE": False,
    "yes": "yes",
    "on": "on",
    "n": "n",
    "null": None,
    "~": None,
    "": None,
    "nil": "nil",
    "0": 0,
    "-0": 0,
    "012": 12,
    "+7": 7,
    "0o17": 15,
    "0x1F": 31,
    "0b11": "0b11",
    "1_000": "1_000",
    "1:30": "1:30",
    "1.": 1.0,
    "+.5": 0.5,
    "1e3": 1000.0,
    "3.1.0": "3.1.0",
    "3.10": 3.1,
    "2026-03-03": "2026-03-03",
    "2026-03-03T10:00:00Z": "2026-03-03T10:00:00Z",
    "18446744073709551615": 18446744073709551615,
    "18446744073709551616": 18446744073709551616.0,
    "-9223372036854775809": -9223372036854775809.0,
    "'1'": "1",
    '"true"': "true",
    "!!str 12": "12",
    '!!int "3"': 3,
    "!!float 3": 3,
    "! 12": "12",
    "!custom 12": "12",
    "!!timestamp 2026-03-03": "2026-03-03",
    "!!python/name:os.system ''": "",
    "!!python/object/apply:os.system [ls]": ["ls"],
    "-": [None],
    "=": "=",
    "<<": "<<",
    "|\n  two\n  lines\n": "two\nlines\n",
}


@pytest.mark.parametrize("text", SCALARS, ids=repr)
def test_yaml_scalars_mean_what_the_core_schema_says(text: str) -> None:
    separator = "\n" if text == "-" else " "
    value = parse(f"a:{separator}{text}".encode(), "a.yaml")["a"]
    assert value == SCALARS[text]
    assert type(value) is type(SCALARS[text])


DOCUMENTS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "keys as written": (
        b"200: a\ntrue: b\nnull: c\n1.0: d\n~: e\non: f",
        {"200": "a", "true": "b", "null": "c", "1.0": "d", "~": "e", "on": "f"},
    ),
    "last of equal keys": (b"a: 1\nb: 2\na: 3", {"a": 3, "b": 2}),
    "last of equal keys in JSON": (b'{"a": 1, "a": 3}', {"a": 3}),
    "alias": (b"a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
    "alias as key": (b"a: &k name\n*k : 1", {"a": "name", "name": 1}),
    "anchor used anew": (b"a: &x 1\nb: &x 2\nc: *x", {"a": 1, "b": 2, "c": 2}),
    "own keys win over merged": (
        b"a: &a {x: 1, y: 2}\nb: {y: 3, <<: *a}\nc: {<<: *a, y: 3}",
        {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}, "c": {"x": 1, "y": 3}},
    ),
    "earlier merges win": (
        b"a: &a {x: 1}\nb: {<<: [*a, {x: 9, z: 8}]}",
        {"a": {"x": 1}, "b": {"x": 1, "z": 8}},
    ),
    "merge in quotes": (b'{"<<": 1}', {"<<": 1}),
    "end of document": (b"a: 1\n...\n", {"a": 1}),
    "directive": (b"%YAML 1.2\n---\na: 1", {"a": 1}),
    "bare keys in braces": (b"{openapi: 3.0.0, paths: {}}", {"openapi": "3.0.0", "paths": {}}),
    "comma too many": (b'{"a": [1, 2,],}', {"a": [1, 2]}),
    "JSON with comment": (b'{"a": 1, # one\n "b": True}', {"a": 1, "b": True}),
    "blank lines first": (b'\n\n  {"a": 1}', {"a": 1}),
}


@pytest.mark.parametrize(("data", "value"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_documents_are_read(data: bytes, value: dict[str, Any]) -> None:
    assert parse(data, "a.yaml") == value


@pytest.mark.parametrize("text", ['{"a": "é😀"}', "a: é😀"], ids=["json", "yaml"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"],
)
def test_encodings_are_told_by_their_bytes(text: str, encoding: str) -> None:
    assert parse(text.encode(encoding), "a") == {"a": "é😀"}


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_marks_are_no_part_of_the_text(mark: str) -> None:
    assert parse("\ufeff{}".encode(mark), "a") == {}


REFUSED = {
    "empty": (b"", ["a.yaml is empty"]),
    "blank": (b" \n\t", ["a.yaml is empty"]),
    "comments only": (b"# to do", ["no value", "openapi"]),
    "plain text": (b"hello world", ["plain text"]),
    "number": (b"12", ["a single value"]),
    "list": (b"- a", ["a list", "object"]),
    "JSON list": (b'[{"openapi": "3.0.0"}]', ["a list"]),
    "web page": (b"\n<!DOCTYPE html>\n<html>", ["web page", "Raw"]),
    "XML": (b"<?xml version='1.0'?><a/>", ["XML"]),
    "zip": (b"PK\x03\x04", ["ZIP", ".zip"]),
    "gzip": (b"\x1f\x8b\x08", ["gzip", ".zip"]),
    "PDF": (b"%PDF-1.7", ["PDF"]),
    "Latin-1 YAML": ("a: 1\nb: café".encode("latin-1"), ["line 2", "byte 12", "0xE9", "UTF-8"]),
    "Latin-1 JSON": ('{"a":\n"é"}'.encode("latin-1"), ["line 2", "byte 8", "0xE9"]),
    "half of UTF-16": ('{"a": 1}'.encode("utf-16")[:-1], ["UTF-16", "byte 17"]),
    "truncated JSON": (b'{"a": [1,\n2', ["line 2, column 2", "not JSON", "cut off"]),
    "truncated text": (b'{"a": "x', ["line 1", "cut off"]),
    "missing comma": (b'{"a": 1 "b": 2}', ["line 1, column 9", "not JSON"]),
    "two JSON values": (b'{"a": 1}\n{"b": 2}', ["line 2, column 1", "not JSON"]),
    "NaN": (b'{"a":\n NaN}', ["line 2, column 2", "JSON has no NaN"]),
    "-Infinity": (b'{"a": -Infinity}', ["line 1", "JSON has no Infinity"]),
    "1e999": (b'{"a": 1e999}', ["column 7", "1.8e308"]),
    "half a surrogate": (b'{"a": "\\ud800"}', ["line 1", "surrogate"]),
    ".nan": (b"a: .NaN", ["line 1, column 4", "JSON has not"]),
    "-.inf": (b"a:\n  - -.inf", ["line 2, column 5", "JSON has not"]),
    "1e999 in YAML": (b"a: 1e999", ["line 1, column 4", "JSON has not"]),
    "a number of 5,000 digits": (b"a: " + b"9" * 5000, ["JSON has not"]),
    "false tag": (b"a: !!int abc", ["line 1, column 4", "!!int"]),
    "false boolean": (b"a: !!float true", ["!!float"]),
    "two documents": (b"a: 1\n---\nb: 2", ["line 2, column 1", "second YAML document"]),
    "tab": (b"a:\n\tb: 1", ["line 2, column 1", "spaces"]),
    "colon": (b"a: b: c", ["line 1, column 5", "colon"]),
    "open quote": (b'a: "x', ["line 1", "not YAML", "quote"]),
    "control character": ("é: 1\nb: \x01".encode(), ["line 2, column 4", "U+0001"]),
    "NUL": (b"a: 1\x00", ["line 1, column 5", "U+0000"]),
    "list as key": (b"? [a]\n: b", ["line 1", "key"]),
    "unknown alias": (b"a: *b", ["line 1, column 4", "*b names nothing"]),
    "recursive alias": (b"a: &a\n  b: *a", ["line 2, column 6", "*a holds itself"]),
    "recursive merge": (b"a: &a {<<: *a}", ["*a holds itself"]),
    "merge of a number": (b"a: {<<: 1}", ["line 1, column 9", "<<"]),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_refusals_say_where_and_why(data: bytes, words: list[str]) -> None:
    with pytest.raises(DocumentError) as refusal:
        parse(data, "a.yaml")
    message = str(refusal.value)
    assert message.startswith("a.yaml")
    assert [word for word in words if word not in message] == []
    assert len(message) < 500


def alias_bomb(levels: int, width: int) -> bytes:
    lines = [b"a0: &a0 [" + b",".join([b"x"] * width) + b"]"]
    for level in range(1, levels):
        aliases = b",".join([b"*a%d" % (level - 1)] * width)
        lines.append(b"a%d: &a%d [%s]" % (level, level, aliases))
    return b"\n".join(lines)


def merge_bomb(keys: int, merges: int) -> bytes:
    source = b"a: &a {" + b",".join(b"k%d: 1" % number for number in range(keys)) + b"}\nb:\n"
    return source + b"  - {<<: [" + b",".join([b"*a"] * merges) + b"]}\n"


DANGEROUS = {
    "alias bomb": (alias_bomb(12, 10), "expands to more than"),
    "alias bomb of long texts": (
        b"a: &a " + b"x" * 1_000_000 + b"\nb: [" + b"*a," * 1000 + b"]",
        "expands to more than",
    ),
    "merge bomb": (merge_bomb(2000, 2000), "expands to more than"),
    "aliases that nest": (
        b"a0: &a0 [x]\n" + b"".join(b"a%d: &a%d [*a%d]\n" % (i, i, i - 1) for i in range(1, 600)),
        "nested more than 500 deep",
    ),
    "deep JSON lists": (b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}", "depth"),
    "deep JSON objects": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "depth"),
    "JSON beyond our depth": (b'{"a":' * 501 + b"1" + b"}" * 501, "nested more than 500 deep"),
    "deep flow lists": (b"a: " + b"[" * 10_000 + b"]" * 10_000, "nested more than 500 deep"),
    "deep flow objects": (b"a: " + b"{a: " * 10_000 + b"1" + b"}" * 10_000, "500 deep"),
    "deep block lists": (b"- " * 10_000 + b"a", "nested more than 500 deep"),
    "deep block objects": (
        b"\n".join(b" " * depth + b"a:" for depth in range(3_000)),
        "nested more than 500 deep",
    ),
    "deep complex keys": (b"? " * 10_000 + b"a", "refused"),
    "an endless flow": (b"a: " + b"[" * 5_000_000, "nested more than 500 deep"),
    "200 MB": (b'{"a": "' + b" " * 200_000_000 + b'"}', "too large"),
    "33 MB of YAML": (b"a: b\n#" + b" " * 33_000_000, "too large"),
}


@pytest.mark.parametrize(("data", "words"), DANGEROUS.values(), ids=DANGEROUS)
def test_attacks_are_refused_within_bounds(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "attack.yaml"
    path.write_bytes(data)
    answer = open_bounded(path)
    assert answer.startswith("refused: attack.yaml")
    assert words in answer


def test_depth_and_aliases_within_the_limits_are_read() -> None:
    assert parse(b'{"a":' * 500 + b"1" + b"}" * 500, "a.json")
    assert parse(b"{a: " * 500 + b"1" + b"}" * 500, "a.yaml")
    assert len(parse(alias_bomb(6, 10), "a.yaml")["a5"]) == 10


def test_limits_can_be_set() -> None:
    assert parse_value(b"[1, 2]", "a", Limits(max_depth=1)) == [1, 2]
    with pytest.raises(DocumentError, match="deep"):
        parse_value(b"[[1, 2]]", "a", Limits(max_depth=1))
    with pytest.raises(DocumentError, match="more than 3 values"):
        parse_value(b"a: [1, 2]", "a", Limits(max_nodes=3))
    with pytest.raises(ValueError, match="max_depth"):
        Limits(max_depth=0)


def test_other_files_of_a_set_may_hold_any_value() -> None:
    assert parse_value(b'[{"a": 1}]', "list.json") == [{"a": 1}]
    assert parse_value(b"just text", "text.yaml") == "just text"


# No surrogate pairs: libyaml does not know that JSON escapes other characters as two.
CHARACTERS = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])
KEYS = st.text(CHARACTERS, max_size=100)  # a YAML key on one line may have 1024 characters
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**63), max_value=2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(CHARACTERS),
    lambda values: st.lists(values) | st.dictionaries(KEYS, values),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, JSON_VALUES))
def test_json_means_the_same_when_it_is_read_as_yaml(value: dict[str, Any]) -> None:
    written = json.dumps(value)
    assert parse(b"# YAML\n" + written.encode(), "a.yaml") == parse(written.encode(), "a.json")


@given(st.binary(max_size=200) | st.text("{}[]:,-?&*a1<'\"|>%!# \n\t", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        value = parse_value(data, "a")
    except DocumentError as error:
        assert str(error).startswith("a")
    else:
        json.dumps(value, allow_nan=False)


def test_a_real_yaml_document_of_3_mb_is_read(shared: Path) -> None:
    document = parse((shared / "other-specs" / "openai.yaml").read_bytes(), "openai.yaml")
    assert document["openapi"] == "3.1.0"
    assert len(document["paths"]) > 90

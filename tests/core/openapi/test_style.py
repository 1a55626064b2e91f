"""The style tables of OpenAPI 3.1 (section 4.8.12.4) and RFC 6570, and the corners between."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import wire
from core.openapi import style
from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import Parameter, Place
from core.openapi.unstyle import path_value, query_value

BLUE = "blue"
LIST = ["blue", "black", "brown"]
RGB = {"R": 100, "G": 200, "B": 150}


def parameter(
    place: Place, style_: str, explode: bool = False, *, name: str = "color", **more: Any
) -> Parameter:
    fields: dict[str, Any] = {"required": True, "schema": {}, "pointer": ""} | more
    return Parameter(name=name, place=place, style=style_, explode=explode, **fields)


@pytest.mark.parametrize(
    ("style_", "explode", "value", "wanted"),
    [
        ("simple", False, "", ""),
        ("simple", False, BLUE, "blue"),
        ("simple", False, LIST, "blue,black,brown"),
        ("simple", False, RGB, "R,100,G,200,B,150"),
        ("simple", True, BLUE, "blue"),
        ("simple", True, LIST, "blue,black,brown"),
        ("simple", True, RGB, "R=100,G=200,B=150"),
        ("label", False, "", "."),
        ("label", False, BLUE, ".blue"),
        ("label", False, LIST, ".blue,black,brown"),
        ("label", False, RGB, ".R,100,G,200,B,150"),
        ("label", True, BLUE, ".blue"),
        ("label", True, LIST, ".blue.black.brown"),
        ("label", True, RGB, ".R=100.G=200.B=150"),
        ("matrix", False, "", ";color"),
        ("matrix", False, BLUE, ";color=blue"),
        ("matrix", False, LIST, ";color=blue,black,brown"),
        ("matrix", False, RGB, ";color=R,100,G,200,B,150"),
        ("matrix", True, BLUE, ";color=blue"),
        ("matrix", True, LIST, ";color=blue;color=black;color=brown"),
        ("matrix", True, RGB, ";R=100;G=200;B=150"),
        ("simple", False, "a/b c,d", "a%2Fb%20c%2Cd"),
        ("simple", False, ["a,b", "c/d"], "a%2Cb,c%2Fd"),
        ("simple", True, {"a=b": "c,d"}, "a%3Db=c%2Cd"),
        ("simple", False, 5, "5"),
        ("simple", False, 1.0, "1"),
        ("simple", False, True, "true"),
        ("simple", False, None, "null"),
        ("simple", False, [{"a": 1}], "%7B%22a%22%3A1%7D"),
        ("unheard-of", False, LIST, "blue,black,brown"),
    ],
)
def test_path(style_: str, explode: bool, value: Any, wanted: str) -> None:
    assert style.path_text(parameter("path", style_, explode), value) == wanted


@pytest.mark.parametrize(
    ("style_", "explode", "value", "wanted"),
    [
        ("form", False, "", "color="),
        ("form", False, BLUE, "color=blue"),
        ("form", False, LIST, "color=blue,black,brown"),
        ("form", False, RGB, "color=R,100,G,200,B,150"),
        ("form", True, BLUE, "color=blue"),
        ("form", True, LIST, "color=blue&color=black&color=brown"),
        ("form", True, RGB, "R=100&G=200&B=150"),
        ("spaceDelimited", False, LIST, "color=blue%20black%20brown"),
        ("spaceDelimited", False, RGB, "color=R%20100%20G%20200%20B%20150"),
        ("spaceDelimited", True, LIST, "color=blue&color=black&color=brown"),
        ("pipeDelimited", False, LIST, "color=blue%7Cblack%7Cbrown"),
        ("pipeDelimited", False, RGB, "color=R%7C100%7CG%7C200%7CB%7C150"),
        ("pipeDelimited", True, LIST, "color=blue&color=black&color=brown"),
        ("tabDelimited", False, LIST, "color=blue%09black%09brown"),
        ("deepObject", True, RGB, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ("deepObject", False, RGB, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ("deepObject", True, {"a": {"b": [1, 2]}}, "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2"),
        ("deepObject", True, LIST, "color=blue&color=black&color=brown"),
        ("deepObject", True, BLUE, "color=blue"),
        ("deepObject", True, {}, ""),
        ("form", True, [], ""),
        ("form", False, [], "color="),
        ("form", True, {}, ""),
        ("form", False, ["a,b", "c&d"], "color=a%2Cb,c%26d"),
        ("form", True, {"a b": "c=d"}, "a%20b=c%3Dd"),
        ("form", True, [{"a": 1}, None], "color=%7B%22a%22%3A1%7D&color=null"),
        ("unheard-of", False, LIST, "color=blue,black,brown"),
    ],
)
def test_query(style_: str, explode: bool, value: Any, wanted: str) -> None:
    pairs = style.query_pairs(parameter("query", style_, explode), value)
    assert wire.join_query(tuple(pairs)) == wanted
    assert wire.split_query(wanted) == tuple(pairs), "pairs are not in normal form"


@pytest.mark.parametrize(
    ("explode", "value", "wanted"),
    [
        (False, BLUE, "blue"),
        (False, LIST, "blue,black,brown"),
        (True, LIST, "blue,black,brown"),
        (False, RGB, "R,100,G,200,B,150"),
        (True, RGB, "R=100,G=200,B=150"),
        (False, "a b%20é", "a b%20é"),
        (False, "  x ", "x"),
        (False, [{"a": 1}], '{"a":1}'),
    ],
)
def test_header(explode: bool, value: Any, wanted: str) -> None:
    assert style.header_text(parameter("header", "simple", explode), value) == wanted


@pytest.mark.parametrize(
    ("explode", "value", "wanted"),
    [
        (True, BLUE, [("color", "blue")]),
        (False, LIST, [("color", "blue,black,brown")]),
        (True, RGB, [("R", "100"), ("G", "200"), ("B", "150")]),
        (False, "a;b c", [("color", "a%3Bb%20c")]),
    ],
)
def test_cookie(explode: bool, value: Any, wanted: list[tuple[str, str]]) -> None:
    assert style.cookie_pairs(parameter("cookie", "form", explode), value) == wanted


def test_content_is_one_json_text_whatever_the_style() -> None:
    given = {"name": "filter", "media_type": "application/json"}
    pairs = style.query_pairs(parameter("query", "form", True, **given), {"a": [1]})
    assert pairs == [("filter", "%7B%22a%22%3A%5B1%5D%7D")]
    assert style.path_text(parameter("path", "simple", **given), [1, 2]) == "%5B1%2C2%5D"
    assert style.header_text(parameter("header", "simple", **given), {"a": 1}) == '{"a":1}'


def test_reserved_characters_stay_where_the_parameter_allows_them() -> None:
    reserved = parameter("query", "form", True, allow_reserved=True)
    assert style.query_pairs(reserved, "a/b:c,d") == [("color", "a/b:c,d")]
    assert style.query_pairs(reserved, "a&b#c+d") == [("color", "a%26b%23c%2Bd")]
    assert style.query_pairs(reserved, ["a/b", "c d"]) == [("color", "a/b"), ("color", "c%20d")]


def test_names_are_encoded() -> None:
    odd = parameter("query", "form", True, name="a b&[c]")
    assert style.query_pairs(odd, "x") == [("a%20b%26%5Bc%5D", "x")]
    matrix = parameter("path", "matrix", name="a b")
    assert style.path_text(matrix, "x") == ";a%20b=x"


DOCUMENT = Document({"openapi": "3.1.0", "paths": {}})
STRINGS = {"type": "array", "items": {"type": "string"}}
MEMBERS = {"type": "object", "properties": {"R": {"type": "integer"}, "G": {"type": "string"}}}
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(
    st.lists(texts, min_size=2),
    st.sampled_from(["form", "spaceDelimited", "pipeDelimited", "tabDelimited"]),
    st.booleans(),
)
def test_lists_in_a_query_read_back(values: list[str], style_: str, explode: bool) -> None:
    if style_ != "form":  # their delimiters are encoded, so an item cannot hold one
        values = [value.translate(dict.fromkeys(map(ord, " |\t"), "-")) for value in values]
    declared = parameter("query", style_, explode, schema=STRINGS)
    pairs = style.query_pairs(declared, values)
    assert query_value(declared, pairs, DOCUMENT)[0] == values


def test_lists_whose_commas_were_encoded_are_lists_too() -> None:
    declared = parameter("query", "form", schema=STRINGS)
    assert query_value(declared, [("color", "a%2Cb")], DOCUMENT)[0] == ["a", "b"]


RANGE = {"type": "object", "properties": {"gt": {"type": "integer"}}}
TIERS = {
    "type": "array",
    "items": {"properties": {"from": {"type": "integer"}, "tags": {**STRINGS}}},
}


@pytest.mark.parametrize(
    ("schema", "query", "wanted"),
    [
        ({"anyOf": [RANGE, {"type": "integer"}]}, "color[gt]=5", {"gt": 5}),
        ({"anyOf": [RANGE, {"type": "integer"}]}, "color=5", 5),
        ({"anyOf": [STRINGS, {"enum": [""]}]}, "color=a", ["a"]),
        ({"anyOf": [STRINGS, {"enum": [""]}]}, "color=", ""),
        ({"anyOf": [STRINGS, {"enum": [""]}]}, "color=a&color=b", ["a", "b"]),
        ({"anyOf": [STRINGS, {"enum": [""]}]}, "color[]=a&color[]=b", ["a", "b"]),
        ({"properties": {"t": TIERS}}, "color[t][from]=1", {"t": [{"from": 1}]}),
        (
            {"properties": {"t": TIERS}},
            "color[t][from]=1&color[t][tags]=a&color[t][from]=2",
            {"t": [{"from": 1, "tags": ["a"]}, {"from": 2}]},
        ),
        (
            {"properties": {"t": TIERS}},
            "color[t][0][from]=1&color[t][1][from]=2",
            {"t": [{"from": 1}, {"from": 2}]},
        ),
        ({"additionalProperties": RANGE}, "color[any][gt]=5", {"any": {"gt": 5}}),
        ({"properties": {"t": TIERS}}, "color[t]=1&color[t][from]=2", {"t": ["1", {"from": 2}]}),
        (RANGE, "color[gt=5", MISSING),
        (RANGE, "color" + "[gt]" * 3000 + "=5", ...),
    ],
)
def test_deep_query_is_read_by_its_schema(
    schema: dict[str, Any], query: str, wanted: object
) -> None:
    declared = parameter("query", "deepObject", True, schema=schema)
    found, _ = query_value(declared, wire.split_query(query), DOCUMENT)
    assert wanted in (found, ...)


@given(st.integers(), texts, st.sampled_from([("form", True), ("deepObject", True)]))
def test_objects_in_a_query_read_back(number: int, text: str, how: tuple[str, bool]) -> None:
    declared = parameter("query", *how, schema=MEMBERS)
    value = {"R": number, "G": text}
    assert query_value(declared, style.query_pairs(declared, value), DOCUMENT)[0] == value


@given(st.lists(texts, min_size=2), st.sampled_from(["simple", "label", "matrix"]), st.booleans())
def test_lists_in_a_path_read_back(values: list[str], style_: str, explode: bool) -> None:
    if style_ == "label":  # no URL encodes a dot, so it cannot be told from the prefix
        values = [value.replace(".", "-") for value in values]
    declared = parameter("path", style_, explode, schema=STRINGS)
    assert path_value(declared, style.path_text(declared, values), DOCUMENT) == values


@given(texts, st.sampled_from(["simple", "label", "matrix"]))
def test_texts_in_a_path_read_back(value: str, style_: str) -> None:
    declared = parameter("path", style_, schema={"type": "string"}, name="a b")
    assert path_value(declared, style.path_text(declared, value), DOCUMENT) == value

"""XML by the XML Objects of the schema: the examples of OpenAPI 3.1, and what strangers write."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.openapi import xml
from core.openapi.document import Document
from tests.core.strategies import json_values

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
TEXT = {"type": "string"}


def written(value: Any, schema: Any, version: str = "3.1.0", **schemas: Any) -> str:
    document = Document({"openapi": version, "components": {"schemas": schemas}})
    text = xml.write(value, schema, document)
    assert text.startswith(HEAD)
    return text.removeprefix(HEAD)


def member(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"animals": schema}}


@pytest.mark.parametrize(
    ("schema", "value", "wanted"),
    [
        (TEXT, "a", "<animals>a</animals>"),
        ({**TEXT, "xml": {"name": "animal"}}, "a", "<animal>a</animal>"),
        ({**TEXT, "xml": {"prefix": "smp"}}, "a", "<smp:animals>a</smp:animals>"),
        (
            {**TEXT, "xml": {"prefix": "smp", "namespace": "http://x/?a&b"}}, "a",
            '<smp:animals xmlns:smp="http://x/?a&amp;b">a</smp:animals>',
        ),
        ({**TEXT, "xml": {"namespace": "http://x"}}, "a", '<animals xmlns="http://x">a</animals>'),
        ({"type": "array", "items": TEXT}, ["a", "b"], "<animals>a</animals><animals>b</animals>"),
        (
            {"type": "array", "items": {**TEXT, "xml": {"name": "animal"}}}, ["a", "b"],
            "<animal>a</animal><animal>b</animal>",
        ),
        (
            {"type": "array", "items": {**TEXT, "xml": {"name": "animal"}},
             "xml": {"name": "aliens"}},
            ["a"], "<animal>a</animal>",
        ),
        (
            {"type": "array", "items": TEXT, "xml": {"name": "aliens"}}, ["a"],
            "<animals>a</animals>",
        ),
        (
            {"type": "array", "items": TEXT, "xml": {"wrapped": True}}, ["a", "b"],
            "<animals><animals>a</animals><animals>b</animals></animals>",
        ),
        (
            {"type": "array", "items": {**TEXT, "xml": {"name": "animal"}},
             "xml": {"wrapped": True}},
            ["a"], "<animals><animal>a</animal></animals>",
        ),
        (
            {"type": "array", "items": {**TEXT, "xml": {"name": "animal"}},
             "xml": {"name": "aliens", "wrapped": True}},
            ["a"], "<aliens><animal>a</animal></aliens>",
        ),
        (
            {"type": "array", "items": TEXT, "xml": {"name": "aliens", "wrapped": True}},
            ["a"], "<aliens><aliens>a</aliens></aliens>",
        ),
        ({"type": "array", "items": TEXT, "xml": {"wrapped": True}}, [], "<animals></animals>"),
        ({"type": "array", "items": TEXT}, [], ""),
        (TEXT, None, "<animals></animals>"),
        (TEXT, 1.0, "<animals>1</animals>"),
        (TEXT, True, "<animals>true</animals>"),
        (TEXT, "<&>\"'\x00\x0b", "<animals>&lt;&amp;&gt;\"'</animals>"),
        ({}, {"a": {"b": "c"}}, "<animals><a><b>c</b></a></animals>"),
        ({"xml": 5}, "a", "<animals>a</animals>"),
        ({"xml": {"name": ["x"], "prefix": 5, "namespace": {}}}, "a", "<animals>a</animals>"),
        ({"xml": {"name": "a b<"}}, "a", "<a_b_>a</a_b_>"),
        ({"xml": {"name": "1st"}}, "a", "<_1st>a</_1st>"),
        ({"xml": {"prefix": "a b"}}, "a", "<animals>a</animals>"),
    ],
)  # fmt: skip
def test_members(schema: Any, value: Any, wanted: str) -> None:
    assert written({"animals": value}, member(schema)) == f"<root>{wanted}</root>"


def test_attributes_stand_in_the_tag() -> None:
    schema = {
        "properties": {
            "id": {"type": "integer", "xml": {"attribute": True}},
            "lang": {"xml": {"attribute": True, "name": "xml:lang"}},
            "name": {"xml": {"namespace": "http://x", "prefix": "s"}},
        },
        "xml": {"name": "person"},
    }
    assert written({"id": 1, "lang": 'a"<', "name": "N"}, schema) == (
        '<person id="1" xml:lang=\'a"&lt;\'><s:name xmlns:s="http://x">N</s:name></person>'
    )


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        ({"$ref": "#/components/schemas/Pet"}, "<Pet><Name>x</Name></Pet>"),
        ({"$ref": "#/components/schemas/Named"}, "<pet></pet>"),
        ({"allOf": [{"$ref": "#/components/schemas/Pet"}]}, "<root><Name>x</Name></root>"),
    ],
)
def test_roots_are_named_by_their_schema(schema: Any, wanted: str) -> None:
    pet = {"properties": {"name": {"xml": {"name": "Name"}}}}
    value = {} if "Named" in str(schema) else {"name": "x"}
    assert written(value, schema, Pet=pet, Named={"xml": {"name": "pet"}}) == wanted


def test_a_list_has_one_root() -> None:
    schema = {"type": "array", "items": {"xml": {"name": "pet"}}, "xml": {"name": "pets"}}
    assert written(["a", "b"], schema) == "<pets><pet>a</pet><pet>b</pet></pets>"
    assert written([], {"type": "array"}) == "<root></root>"


@pytest.mark.parametrize(("version", "tag"), [("3.1.0", "tag"), ("3.0.3", "Text")])
def test_beside_a_reference_xml_counts_from_3_1_on(version: str, tag: str) -> None:
    reference = {"$ref": "#/components/schemas/Text", "xml": {"name": "tag"}}
    schema = {"properties": {"a": reference}}
    found = written({"a": "x"}, schema, version, Text={"xml": {"name": "Text"}})
    assert found == f"<root><{tag}>x</{tag}></root>"


keys = st.text(st.characters(max_codepoint=0x24F)) | st.text("<&'\"/ >=:-.1é名")
values = st.recursive(json_values, lambda inner: st.dictionaries(keys, inner), max_leaves=5)


def _with_old_names(value: Any) -> Any:
    """A value whose keys even old parsers take: expat knows XML 1.0 in its fourth edition."""
    if isinstance(value, dict):
        return {
            "".join([c for c in key if c < "Ā"]): _with_old_names(item)
            for key, item in value.items()
        }
    return [_with_old_names(item) for item in value] if isinstance(value, list) else value


@given(values.map(_with_old_names))
def test_any_value_is_well_formed(value: Any) -> None:
    expat.ParserCreate().Parse(written(value, {}), True)

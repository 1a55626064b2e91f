"""URL parts have one normal form: what means the same on the wire is the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import wire
from core.errors import RequestError

texts = st.text(st.characters(exclude_categories=["Cs"]))
written = st.lists(
    st.sampled_from(["%", "%4", "%41", "%2f", "%2F", "%C3%A9", "%zz", "+", "&", "=", "#", "?"])
    | texts
).map("".join)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain-._~", "plain-._~"),
        ("a b", "a%20b"),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("100%", "100%25"),
        ("%41", "%2541"),
        ("é😀", "%C3%A9%F0%9F%98%80"),
        ("[a]&=+,;:@!$'()*", "%5Ba%5D%26%3D%2B%2C%3B%3A%40%21%24%27%28%29%2A"),
        ("\0\n", "%00%0A"),
        ("", ""),
    ],
)
def test_encode_leaves_only_unreserved_characters(text: str, wanted: str) -> None:
    assert wire.encode(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("/a/b", "/a/b"),
        ("/%7epets", "/~pets"),
        ("/%7Epets", "/~pets"),
        ("/a%2fb", "/a%2Fb"),
        ("/a b", "/a%20b"),
        ("/{id}", "/%7Bid%7D"),
        ("/a?b#c", "/a%3Fb%23c"),
        ("/100%", "/100%25"),
        ("/%", "/%25"),
        ("/%zz", "/%25zz"),
        ("/users('a@b.c')/$count;v=1", "/users('a@b.c')/$count;v=1"),
        ("/é", "/%C3%A9"),
        ("/%c3%a9", "/%C3%A9"),
        ("/a:b%3Ac", "/a:b%3Ac"),
        ("/[x]|y^z\\", "/%5Bx%5D%7Cy%5Ez%5C"),
    ],
)
def test_paths_have_one_spelling(text: str, wanted: str) -> None:
    assert wire.normal_path(text) == wanted


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("", ()),
        ("a=1&b=2", (("a", "1"), ("b", "2"))),
        ("flag", (("flag", None),)),
        ("flag=", (("flag", ""),)),
        ("a=b=c", (("a", "b=c"),)),
        ("=x", (("", "x"),)),
        ("a=1&&b", (("a", "1"), ("b", None))),
        ("q=a+b", (("q", "a+b"),)),
        ("q=%61%2b é", (("q", "a%2B%20%C3%A9"),)),
        ("a%5B%5D=1", (("a%5B%5D", "1"),)),
        ("a[]=1", (("a%5B%5D", "1"),)),
        ("u=http://x/?y", (("u", "http://x/?y"),)),
    ],
)
def test_query_strings_become_pairs(text: str, pairs: wire.QueryPairs) -> None:
    assert wire.split_query(text) == pairs
    assert wire.split_query(wire.join_query(pairs)) == pairs


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a/b:c,d", "a/b:c,d"),
        ("a&b", "a%26b"),
        ("a#b", "a%23b"),
        ("a+b", "a%2Bb"),
        ("a b", "a%20b"),
        ("x=1", "x=1"),
    ],
)
def test_reserved_characters_are_kept_where_they_break_nothing(text: str, wanted: str) -> None:
    assert wire.encode_keeping_reserved(text) == wanted


@given(texts)
def test_what_is_encoded_decodes_to_itself(text: str) -> None:
    assert wire.decode(wire.encode(text)) == text


@given(written)
def test_the_normal_form_is_normal(text: str) -> None:
    for normal in (wire.normal_path, wire.normal_query):
        assert normal(normal(text)) == normal(text)
        assert wire.decode(normal(text)) == wire.decode(text)


@given(st.text("abcXYZ019-._~", min_size=1), st.randoms(use_true_random=False))
def test_encoding_what_needs_none_changes_nothing(text: str, random: st.DataObject) -> None:
    spelt = "".join(
        [f"%{ord(c):02x}" if random.random() < 0.5 else c for c in text]  # type: ignore[attr-defined]
    )
    assert wire.normal_path(spelt) == wire.normal_query(spelt) == text


@given(written)
def test_query_pairs_survive_the_text_between(text: str) -> None:
    pairs = wire.split_query(text.replace("#", ""))
    assert wire.split_query(wire.join_query(pairs)) == tuple(
        [pair for pair in pairs if pair != ("", None)]
    )


@pytest.mark.parametrize("function", [wire.encode, wire.normal_path, wire.normal_query])
def test_half_a_surrogate_pair_is_refused(function: object) -> None:
    with pytest.raises(RequestError, match="half of a surrogate pair"):
        function("a\ud83d")  # type: ignore[operator]


def test_bytes_that_are_no_text_decode_to_the_replacement_character() -> None:
    assert wire.decode("%FF") == "\ufffd"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("short", "“short”"), ("x" * 70, "“" + "x" * 59 + "…”"), ("a\nb\x1b", "“a\\nb\\x1b”")],
)
def test_texts_are_shown_short_and_without_control_characters(text: str, wanted: str) -> None:
    assert wire.shorten(text) == wanted

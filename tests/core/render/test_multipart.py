"""What :mod:`core.render.multipart` sends, read back by the standard library's parser."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import HTTP

from hypothesis import given
from hypothesis import strategies as st

from core.render.multipart import BOUNDARY, FileChunk, boundary, chunks, content_type
from core.request import MultipartBody, Part

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
near_boundaries = st.builds("{}--{}{}".format, texts, st.just(BOUNDARY), texts)
names = st.text(
    st.characters(codec="ascii", min_codepoint=32, exclude_characters='"\\%'), min_size=1
)


def test_files_stand_between_the_texts() -> None:
    body = MultipartBody((Part("a", "1"), Part("f", None, "x.png", "image/png"), Part("b", "2")))
    assert chunks(body) == [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="x.png"\r\n'
        "Content-Type: image/png\r\n\r\n",
        FileChunk("x.png"),
        f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="b"\r\n\r\n2\r\n'
        f"--{BOUNDARY}--\r\n",
    ]


@given(st.lists(st.tuples(names, texts | near_boundaries), min_size=1))
def test_a_server_reads_every_part(pairs: list[tuple[str, str]]) -> None:
    body = MultipartBody(tuple(Part(name, value) for name, value in pairs))
    [text] = chunks(body)
    separator = f"--{boundary(body)}"
    pieces = f"\r\n{text}".split(f"\r\n{separator}")
    assert pieces[0] == "" and pieces[-1] == "--\r\n"
    values = [piece.partition("\r\n\r\n")[2] for piece in pieces[1:-1]]
    assert values == [value for _, value in pairs]


def test_the_standard_library_reads_names_files_and_types() -> None:
    body = MultipartBody((Part("meta", "{}", None, "application/json"), Part("note", BOUNDARY)))
    [text] = chunks(body)
    message = message_from_bytes(
        f"Content-Type: {content_type(body)}\r\n\r\n{text}".encode(), policy=HTTP
    )
    parts = list(message.iter_parts())
    assert [part.get_param("name", header="content-disposition") for part in parts] == [
        "meta",
        "note",
    ]
    assert parts[0].get_content_type() == "application/json"
    assert parts[1].get_content() == BOUNDARY


@given(st.lists(texts | near_boundaries))
def test_boundary_is_legal_and_in_no_part(values: list[str]) -> None:
    body = MultipartBody(tuple(Part("x", value) for value in values))
    assert len(boundary(body)) <= 70
    assert not any(boundary(body) in value for value in values)

"""Files that come together: which are documents, and which zips and folders are refused."""

from __future__ import annotations

import io
import os
import stat
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DocumentError
from core.openapi.files import FileSet, read_path, read_upload
from core.openapi.limits import Limits
from tests.core.openapi.bounded import open_bounded

ROOT = b"openapi: 3.1.0\npaths: {}\n"


def make_zip(files: dict[str, bytes], **options: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", **{"compression": zipfile.ZIP_DEFLATED, **options}) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return target.getvalue()


def make_folder(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def opened_both_ways(files: dict[str, bytes], folder: Path) -> list[FileSet]:
    return [
        read_upload("set.zip", make_zip(files)),
        read_path(make_folder(folder, files)),
    ]


ENTRIES: dict[str, tuple[dict[str, bytes], list[str]]] = {
    "one file, whatever it holds": ({"a.txt": b"hello"}, ["a.txt"]),
    "entry and fragment": ({"a/root.yaml": ROOT, "a/pet.yaml": b"type: object"}, ["a/root.yaml"]),
    "usual names first, then shallow ones": (
        {
            "b.yaml": ROOT,
            "x/a.json": b'{"swagger": "2.0"}',
            "x/y/openapi.yml": ROOT,
            "a.yaml": ROOT,
        },
        ["x/y/openapi.yml", "a.yaml", "b.yaml", "x/a.json"],
    ),
    "key at the end of YAML": (
        {"a.yaml": b"paths: {}\n" + b"# filler\n" * 2000 + b"'swagger' : '2.0'\n", "b": b"x: 1"},
        ["a.yaml"],
    ),
    "key at the end of JSON": (
        {"a.json": b'{"paths": {' + b" " * 9000 + b'}, "openapi" : "3.0.0"}', "b.json": b"{}"},
        ["a.json"],
    ),
    "key deep inside JSON is none": (
        {"a.json": b'{"example": {"openapi": "3.0.0"}}', "b.json": b'{"openapi": "3.0.0"}'},
        ["b.json"],
    ),
    "settings are no document": (
        {
            "config.yaml": b"openapi:\n  output: x\n",
            "a.yaml": ROOT,
            "nested.yaml": b"a:\n  " + ROOT,
        },
        ["a.yaml"],
    ),
    "broken documents are entries, so that their error is seen": (
        {"a.json": b'{"info": 1, "openapi": "3.0.0", ', "b.json": b'{"openapi": "3.0.0"}'},
        ["a.json", "b.json"],
    ),
    "UTF-16": (
        {"a.json": '{"info": {}, "openapi": "3.0.0"}'.encode("utf-16"), "b.json": b"{}"},
        ["a.json"],
    ),
    "documents that another one refers to are part of it": (
        {
            "root.yaml": ROOT + b"x:\n  $ref: './parts/common.yaml#/components'\n",
            "parts/common.yaml": ROOT + b'x: {"$ref": "more.json"}\n',
            "parts/more.json": b'{"openapi": "3.1.0"}',
            "other.yaml": ROOT + b"x:\n  $ref: https://example.com/root.yaml\n",
        },
        ["other.yaml", "root.yaml"],
    ),
    "through a fragment, escaped and encoded": (
        {
            "root.json": b'{"openapi": "3.1.0", "x": {"$ref": "parts\\/a%20b.yaml"}}',
            "parts/a b.yaml": b"x:\n  $ref: ../common.yaml#/x\n",
            "common.yaml": ROOT,
        },
        ["root.json"],
    ),
    "of a circle, the first": (
        {"b.yaml": ROOT + b"x: {$ref: a.yaml}\n", "a.yaml": ROOT + b"x: {$ref: b.yaml}\n"},
        ["a.yaml"],
    ),
}


@pytest.mark.parametrize(("files", "entries"), ENTRIES.values(), ids=ENTRIES)
def test_entries_are_found(files: dict[str, bytes], entries: list[str], tmp_path: Path) -> None:
    for opened in opened_both_ways(files, tmp_path):
        assert list(opened.entries()) == entries
        assert opened.entry == entries[0]
        assert dict(opened) == files


def test_a_set_without_a_document_says_what_is_missing(tmp_path: Path) -> None:
    for opened in opened_both_ways({"a.yaml": b"a: 1", "b.json": b"{}"}, tmp_path):
        with pytest.raises(DocumentError, match="none of its 2 files"):
            _ = opened.entry
    with pytest.raises(DocumentError, match="holds no OpenAPI document"):
        _ = read_upload("a.zip", make_zip({})).entry


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a\u202eb.json", r"a\\u202eb.json” was left out: its name holds characters"),
        ("within.zip", "“within.zip” was left out: a zip within: unpack it first"),
    ],
)
def test_a_set_without_a_document_names_what_was_left_out(name: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        _ = read_upload("a.zip", make_zip({name: ROOT})).entry


def test_a_single_upload_is_its_own_set() -> None:
    opened = read_upload("C:\\temp\\petstore.yaml", ROOT)
    assert dict(opened) == {"petstore.yaml": ROOT}
    assert opened.entries() == ("petstore.yaml",)


def test_a_zip_is_told_by_its_bytes_or_by_its_name() -> None:
    assert list(read_upload("upload", make_zip({"a.yaml": ROOT}))) == ["a.yaml"]
    with pytest.raises(DocumentError, match=r"petstore\.zip is not a sound zip"):
        read_upload("petstore.zip", ROOT)


def test_sixty_documents_are_sixty_entries(tmp_path: Path) -> None:
    files = {f"{number:02}/api.json": b'{"openapi": "3.0.0"}' for number in range(60)}
    for opened in opened_both_ways(files, tmp_path):
        assert opened.entries() == tuple(files)


IGNORED = {
    "__MACOSX/._a.yaml": "system",
    ".DS_Store": "system",
    ".git/config": "hidden",
    "node_modules/x/openapi.json": "system",
    "inner.zip": "zip within",
    "bell\a.yaml": "cannot be shown",
}


def test_what_is_no_part_of_a_set_is_left_out_with_a_reason() -> None:
    opened = read_upload("set.zip", make_zip({"a.yaml": ROOT, **dict.fromkeys(IGNORED, ROOT)}))
    assert list(opened) == ["a.yaml"]
    assert opened.ignored.keys() == IGNORED.keys()
    for name, word in IGNORED.items():
        assert word in opened.ignored[name]


def test_hidden_folders_are_not_walked(tmp_path: Path) -> None:
    make_folder(tmp_path, {"a.yaml": ROOT, ".git/openapi.yaml": ROOT, "node_modules/b.yaml": ROOT})
    assert list(read_path(tmp_path)) == ["a.yaml"]


NAMES = {
    "./a.yaml": "a.yaml",
    "x//a.yaml": "x/a.yaml",
    "x\\a.yaml": "x/a.yaml",
    "größe.yaml": "größe.yaml",
    "a..b.yaml": "a..b.yaml",
}


@pytest.mark.parametrize(("written", "name"), NAMES.items())
def test_names_are_normalised(written: str, name: str) -> None:
    assert list(read_upload("set.zip", make_zip({written: ROOT}))) == [name]


def test_names_in_utf8_are_read_where_the_zip_does_not_say_so() -> None:
    data = make_zip({"größe.yaml": ROOT})
    said = struct.pack("<H", 0x800)
    assert list(read_upload("set.zip", data.replace(said, b"\0\0"))) == ["größe.yaml"]


def test_names_that_are_no_text_are_refused() -> None:
    data = make_zip({"grüße.yaml": ROOT}).replace("grüße".encode(), b"gr\xff\xfe\xff\xfee")
    with pytest.raises(DocumentError, match="not a sound zip"):
        read_upload("set.zip", data)


@pytest.mark.parametrize(
    "name",
    [
        "../a.yaml",
        "x/../../a.yaml",
        "/etc/a.yaml",
        "C:/a.yaml",
        "c:\\a.yaml",
        "..\\a.yaml",
        "x\\..",
    ],
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(DocumentError, match="leads out of the zip"):
        read_upload("set.zip", make_zip({"a.yaml": ROOT, name: ROOT}))


def test_links_in_a_zip_are_ignored() -> None:
    link = zipfile.ZipInfo("passwords.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("a.yaml", ROOT)
        packed.writestr(link, "/etc/passwd")
    opened = read_upload("set.zip", target.getvalue())
    assert list(opened) == ["a.yaml"]
    assert "link" in opened.ignored["passwords.yaml"]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    secret = make_folder(tmp_path / "secret", {"openapi.yaml": ROOT})
    folder = make_folder(tmp_path / "set", {"a.yaml": ROOT, "b.yaml": ROOT})
    (folder / "link.yaml").symlink_to(secret / "openapi.yaml")
    (folder / "linked").symlink_to(secret)
    os.mkfifo(folder / "pipe.yaml")
    opened = read_path(folder)
    assert list(opened) == ["a.yaml", "b.yaml"]
    assert opened.ignored.keys() == {"link.yaml", "linked", "pipe.yaml"}
    (folder / "b.yaml").unlink()
    (folder / "b.yaml").symlink_to(secret / "openapi.yaml")
    with pytest.raises(DocumentError, match="no longer a plain file"):
        _ = opened["b.yaml"]


def test_a_link_that_a_person_names_is_followed(tmp_path: Path) -> None:
    make_folder(tmp_path, {"a.yaml": ROOT})
    (tmp_path / "link.yaml").symlink_to(tmp_path / "a.yaml")
    assert dict(read_path(tmp_path / "link.yaml")) == {"link.yaml": ROOT}


def test_a_file_without_a_name_is_passed_over() -> None:
    data = bytearray(make_zip({"a": ROOT}))
    header = data.index(b"PK\x01\x02")
    data[header + 28], data[header + 32] = 0, 1  # its one character is a comment now
    assert list(read_upload("set.zip", bytes(data))) == []


def encrypted() -> bytes:
    data = bytearray(make_zip({"a.yaml": ROOT}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def named_twice() -> bytes:
    return make_zip({"a.yaml": ROOT, "./a.yaml": ROOT})


def corrupt() -> bytes:
    data = make_zip({"a.yaml": ROOT}, compression=zipfile.ZIP_STORED)
    return data.replace(ROOT, ROOT[::-1])


def false_size(declared: int) -> bytes:
    data = make_zip({"a.yaml": ROOT + b"#" * 100_000})
    true = struct.pack("<L", len(ROOT) + 100_000)
    return data.replace(true, struct.pack("<L", declared))


BAD_ZIPS = {
    "encrypted": (encrypted(), "encrypted"),
    "the same name twice": (named_twice(), "twice"),
    "bzip2": (make_zip({"a.yaml": ROOT}, compression=zipfile.ZIP_BZIP2), "stored"),
    "LZMA": (make_zip({"a.yaml": ROOT}, compression=zipfile.ZIP_LZMA), "stored"),
    "cut off": (make_zip({"a.yaml": ROOT})[:-30], "not a sound zip"),
    "wrong checksum": (corrupt(), "not a sound zip"),
    "declares too little": (false_size(50), "not a sound zip"),
    "declares 4 GB": (false_size(2**32 - 2), "MB is the most"),
    "tar": (b"a.yaml".ljust(257, b"\0") + b"ustar  \0", "tar archive"),
}


@pytest.mark.parametrize(("data", "words"), BAD_ZIPS.values(), ids=BAD_ZIPS)
def test_bad_zips_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as refusal:
        dict(read_upload("set.zip", data))
    assert str(refusal.value).startswith("set.zip")


def test_bombs_are_refused_within_bounds(tmp_path: Path) -> None:
    zeros = bytes(50_000_000)
    bombs = {
        "ratio.zip": (make_zip({"a.json": zeros}), "times its size"),
        "names.zip": (make_zip({f"{number}": b"" for number in range(10_001)}), "10,000 files"),
        "nested.zip": (make_zip({"a.zip": make_zip({"a.json": zeros})}), "holds no OpenAPI"),
    }
    for name, (data, words) in bombs.items():
        (tmp_path / name).write_bytes(data)
        answer = open_bounded(tmp_path / name)
        assert answer.startswith(f"refused: {name}")
        assert words in answer


def test_limits_can_be_set(tmp_path: Path) -> None:
    files = {"a.yaml": ROOT, "b.yaml": ROOT}
    for limits in (Limits(max_files=1), Limits(max_unpacked_bytes=30)):
        with pytest.raises(DocumentError):
            read_upload("set.zip", make_zip(files), limits)
    folder = make_folder(tmp_path, files)
    with pytest.raises(DocumentError, match="more than 1 files"):
        read_path(folder, Limits(max_files=1))
    with pytest.raises(DocumentError, match=r"a\.yaml is too large"):
        _ = read_path(folder, Limits(max_json_bytes=10))["a.yaml"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="There is no file or folder"):
        read_path(tmp_path / "nothing.yaml")
    with pytest.raises(KeyError):
        _ = read_upload("a.yaml", ROOT)["../b.yaml"]
    with pytest.raises(DocumentError, match="plain file"):
        read_path(Path(os.devnull))


@given(st.data())
def test_damaged_zips_are_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(make_zip({"a.yaml": ROOT, "x/b.json": b'{"a": 1}'}))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        dict(read_upload("set.zip", bytes(damaged)))
    except DocumentError as error:
        assert "set.zip" in str(error)


def test_a_real_set_of_2900_files_opens(shared: Path, tmp_path: Path) -> None:
    with tarfile.open(shared / "other-specs" / "digitalocean-multifile.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    opened = read_path(tmp_path)
    assert len(opened) > 2_900
    assert opened.entries() == ("specification/DigitalOcean-public.v2.yaml",)

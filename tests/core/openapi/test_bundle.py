"""A document's bytes in normal form: one hash whatever packed it, and nothing lost on the way."""

from __future__ import annotations

import zipfile
from pathlib import Path

import orjson
import pytest

from core.errors import DanglingReferenceError, DocumentError
from core.openapi.bundle import Bundle, bundle_of, convert
from core.openapi.document import bundled_document, document_of
from core.openapi.files import FileSet, read_path, read_upload
from core.openapi.listing import operations
from core.openapi.operation import Operation
from tests.core.openapi.test_files import make_folder, make_zip

ROOT = b"""openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get: {$ref: 'parts/list pets.yaml#/get'}
components:
  schemas:
    Pet: {discriminator: {propertyName: kind, mapping: {cat: ./parts/cat.yaml}}}
"""
FILES = {
    "openapi.yaml": ROOT,
    "parts/list pets.yaml": b"get:\n  summary: All\n  parameters:\n  - $ref: ../limit.json\n",
    "parts/cat.yaml": b"type: object\n",
    "limit.json": b'{"name": "limit", "in": "query", "schema": {"type": "integer"}}',
    "README.md": b"Read me",
    "package.json": b"{}",
}


def sets(tmp_path: Path) -> dict[str, FileSet]:
    """The same files as different people pack them."""
    return {
        "folder": read_path(make_folder(tmp_path / "a", FILES)),
        "zip": read_upload("set.zip", make_zip(FILES)),
        "in reverse": read_upload("set.zip", make_zip(dict(reversed(FILES.items())))),
        "stored": read_upload("set.zip", make_zip(FILES, compression=zipfile.ZIP_STORED)),
        "within a folder": read_upload(
            "set.zip", make_zip({f"api/v1/{name}": data for name, data in FILES.items()})
        ),
        "with another readme": read_upload("set.zip", make_zip({**FILES, "README.md": b"New"})),
    }


def test_the_same_files_give_the_same_bytes_whatever_packed_them(tmp_path: Path) -> None:
    bundles = {way: bundle_of(files, files.entry) for way, files in sets(tmp_path).items()}
    assert {bundle.sha256 for bundle in bundles.values()} == {bundles["folder"].sha256}
    assert {bundle.entry for bundle in bundles.values()} == {"openapi.yaml"}
    assert list(bundles["folder"].files) == [
        "openapi.yaml",
        "limit.json",
        "parts/cat.yaml",
        "parts/list pets.yaml",
    ]


@pytest.mark.parametrize("changed", ["openapi.yaml", "parts/list pets.yaml", "limit.json"])
def test_a_change_in_any_file_that_is_reached_changes_the_hash(changed: str) -> None:
    first = read_upload("set.zip", make_zip(FILES))
    second = read_upload("set.zip", make_zip({**FILES, changed: FILES[changed] + b" "}))
    assert bundle_of(first, first.entry).sha256 != bundle_of(second, second.entry).sha256


def test_a_document_in_one_file_is_that_file() -> None:
    files = read_upload("pets.yaml", b"openapi: 3.1.0\npaths: {}\n")
    bundle = bundle_of(files, files.entry)
    assert bundle == Bundle("pets.yaml", b"openapi: 3.1.0\npaths: {}\n")
    assert document_of(files, files.entry).sha256 == bundle.sha256


@pytest.mark.parametrize(
    "written",
    ["b.yaml", "'b.yaml'", '"b.yaml"', '"b\\u002eyaml"', '"./b.yaml"', "b%2Eyaml", "b.yaml#/x"],
)
def test_a_file_is_reached_however_it_is_written(written: str) -> None:
    root = f"openapi: 3.1.0\npaths: {{}}\nx:\n  $ref: {written}\n"
    files = read_upload("set.zip", make_zip({"a.yaml": root.encode(), "b.yaml": b"x: 1"}))
    assert files.reach("a.yaml") == ("a.yaml", "b.yaml")


def test_a_bundle_reads_as_its_set_does(tmp_path: Path) -> None:
    files = sets(tmp_path)["folder"]
    bundle = bundle_of(files, files.entry)
    converted = convert(bundle)
    assert converted is not None
    for document in (
        document_of(files, files.entry),
        bundled_document(bundle),
        bundled_document(bundle, converted),
    ):
        (operation,) = operations(document)
        assert isinstance(operation, Operation)
        assert operation.summary == "All"
        assert [parameter.name for parameter in operation.parameters] == ["limit"]
        assert operation.key == (bundle.sha256, "/paths/~1pets/get")


def test_json_is_not_converted() -> None:
    assert convert(Bundle("a.json", b'\n {"openapi": "3.1.0"}')) is None


@pytest.mark.parametrize(
    "text",
    [
        "a: 18446744073709551616",
        "a: [1.0, 1, -0.0, 1e3, 0.1, true, null, '1']",
        'a: "\\0 \\u2028 \\U0001F600"',
        "1: one\ntrue: yes\n'2': two",
        "a: &x {b: 1}\nc: *x",
    ],
)
def test_converting_changes_no_value(text: str) -> None:
    bundle = Bundle("a.yaml", f"openapi: 3.1.0\n{text}\n".encode())
    converted = convert(bundle)
    straight = bundled_document(bundle).root
    assert repr(bundled_document(bundle, converted).root) == repr(straight)


def test_a_part_that_cannot_be_parsed_is_missed_only_where_it_is_needed() -> None:
    files = {**FILES, "limit.json": b'{"name": '}
    bundle = bundle_of(read_upload("set.zip", make_zip(files)), "openapi.yaml")
    converted = convert(bundle)
    assert converted is not None and "limit.json" not in orjson.loads(converted)
    (dropped,) = operations(bundled_document(bundle, converted))
    assert "limit.json, line 1" in getattr(dropped, "reason", "")


def test_a_broken_document_says_so() -> None:
    with pytest.raises(DocumentError, match=r"a\.yaml, line 2"):
        convert(Bundle("a.yaml", b"a: [1"))


def test_references_out_of_the_set_stay_refused() -> None:
    files = {"a.yaml": ROOT.replace(b"parts/list pets.yaml", b"../../etc/passwd"), "b.yaml": b""}
    bundle = bundle_of(read_upload("set.zip", make_zip(files)), "a.yaml")
    with pytest.raises(DanglingReferenceError, match="not among the uploaded files"):
        bundled_document(bundle).resolve({"$ref": "../../etc/passwd"})

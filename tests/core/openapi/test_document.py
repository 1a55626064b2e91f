"""What a document is, whichever version it has and whatever it came in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from core.build import build
from core.errors import DocumentError
from core.openapi.document import Document, read_document, read_documents, upload_document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.values import ExampleValues


@pytest.mark.parametrize(
    ("root", "version"),
    [
        ({"openapi": "3.0.0"}, "3.0"),
        ({"openapi": "3.0.3-beta"}, "3.0"),
        ({"openapi": "3.1.0"}, "3.1"),
        ({"openapi": "3.2.0"}, "3.2"),
        ({"openapi": 3.1}, "3.1"),
        ({"openapi": "3.0"}, "3.0"),
        ({"swagger": "2.0"}, "2.0"),
        ({"swagger": 2.0}, "2.0"),
        ({"swagger": 2}, "2.0"),
    ],
)
def test_versions(root: dict[str, Any], version: str) -> None:
    found = Document(root)
    assert found.version == version
    assert found.is_swagger == (version == "2.0")
    assert found.has_sibling_keywords == (version in ("3.1", "3.2"))


@pytest.mark.parametrize(
    ("root", "sentence"),
    [
        ({}, "no “openapi” or “swagger” member at the top"),
        ({"openapi": ""}, "no “openapi” or “swagger” member at the top"),
        ({"openapi": None}, "version None is not one that can be read here"),
        ({"openapi": "4.0.0"}, "version 4.0.0 is not one that can be read here"),
        ({"openapi": "3.10.0"}, "version 3.10.0 is not one that can be read here"),
        ({"openapi": ["3.1.0"]}, "is not one that can be read here"),
        ({"swagger": "1.2"}, "version 1.2 is not one that can be read here"),
        ([], "an object at its top, this is a list"),
        ("text", "an object at its top, this is a str"),
        (None, "an object at its top, this is a NoneType"),
    ],
)
def test_what_is_no_document_says_why(root: Any, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence) as caught:
        Document(root, name="pets.yaml")
    assert str(caught.value).startswith("pets.yaml: ")


@pytest.mark.parametrize(
    ("info", "wanted"),
    [
        ({"title": " Pets ", "version": 1, "description": "d"}, ("Pets", "1", "d")),
        ({"title": ["x"], "version": None, "description": {}}, ("pets", "", "")),
        ({}, ("pets", "", "")),
        (None, ("pets", "", "")),
        ([], ("pets", "", "")),
    ],
)
def test_info(info: Any, wanted: tuple[str, str, str]) -> None:
    found = Document({"openapi": "3.1.0", "info": info}, name="folder/pets.yaml")
    assert (found.title, found.api_version, found.description) == wanted


YAML = """
openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /pets: {$ref: paths/pets.yaml}
components:
  schemas:
    Pet: {$ref: schemas/pet.yaml#/Pet}
"""
FILES = {
    "openapi.yaml": YAML,
    "paths/pets.yaml": """
post:
  parameters: [{$ref: ../parameters.yaml#/limit}]
  requestBody:
    required: true
    content: {application/json: {schema: {$ref: ../openapi.yaml#/components/schemas/Pet}}}
""",
    "parameters.yaml": "limit: {name: limit, in: query, schema: {type: integer, example: 5}}",
    "schemas/pet.yaml": """
Pet:
  type: object
  required: [name, parent]
  properties:
    name: {$ref: "#/Name"}
    parent: {$ref: "pet.yaml#/Pet"}
    tag: {$ref: tags/tag.yaml}
Name: {type: string, example: Rex}
""",
    "schemas/tags/tag.yaml": "{type: string, enum: [good]}",
    "unused.yaml": "password: secret",
}


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(f"api/{name}", text)
    return target.getvalue()


def in_folder(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def made_of(document: Document) -> str:
    (operation,) = operations(document)
    assert isinstance(operation, Operation), operation
    request = build(operation, ExampleValues(document)).request
    assert request.body is not None
    return f"{request.method} {request.url} {request.body.text}"  # type: ignore[union-attr]


WANTED = (
    "POST https://api.example.com/pets?limit=5 "
    '{"name":"Rex","parent":{"name":"Rex","parent":"REPLACE_parent"},"tag":"good"}'
)


def test_a_zip_and_a_folder_of_files_are_one_document(tmp_path: Path) -> None:
    uploaded = upload_document("api.zip", zipped())
    read = read_document(in_folder(tmp_path))
    assert made_of(uploaded) == made_of(read) == WANTED
    assert uploaded.title == read.title == "Pets"
    assert uploaded.sha256 == read.sha256
    assert len(uploaded.sha256) == 64


def test_one_file_is_a_document(tmp_path: Path) -> None:
    root = {"openapi": "3.1.0", "paths": {"/a": {"get": {}}}}
    path = tmp_path / "one.json"
    path.write_text(json.dumps(root))
    assert read_document(path).sha256 == upload_document("other.json", path.read_bytes()).sha256


def test_a_file_of_a_set_alone_says_what_is_missing() -> None:
    found = upload_document("openapi.yaml", YAML.encode())
    (dropped,) = operations(found)
    assert not isinstance(dropped, Operation)
    assert "“paths/pets.yaml”, which is not among the uploaded files" in dropped.reason


def test_a_folder_may_hold_many_documents(tmp_path: Path) -> None:
    for number in range(3):
        root = {"openapi": "3.1.0", "info": {"title": f"API {number}"}}
        (tmp_path / f"{number}.json").write_text(json.dumps(root))
    (tmp_path / "notes.txt").write_text("openapi: no")
    assert sorted(each.title for each in read_documents(tmp_path)) == ["API 0", "API 1", "API 2"]


def test_reading_a_document_twice_gives_the_same() -> None:
    one, two = (upload_document("api.zip", zipped()) for _ in range(2))
    assert one.sha256 == two.sha256
    assert json.dumps(one.root) == json.dumps(two.root)

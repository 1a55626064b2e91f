"""The bundled example APIs and their questions, judged without any code of this project.

What measures the program must not be measured by it: documents are read with json and yaml, and
the wanted arguments of a question are held against the document with jsonschema alone.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
import yaml
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker
from jsonschema.validators import extend
from openapi_spec_validator import validate
from referencing import Registry, Resource

EXAMPLES = Path(__file__).parents[1] / "examples"
DOCUMENTS = EXAMPLES / "documents"
ENTRIES = sorted(
    [*DOCUMENTS.glob("*.json"), *DOCUMENTS.glob("*.yaml"), *DOCUMENTS.glob("*/openapi.yaml")]
)
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@cache
def load(file: Path) -> Any:
    text = file.read_text(encoding="utf-8")
    return json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)


@dataclass(frozen=True)
class Place:
    """A node of a document, with the file that relative references in it count from."""

    file: Path
    keys: tuple[str | int, ...] = ()

    @property
    def value(self) -> Any:
        value = load(self.file)
        for key in self.keys:
            value = value[key]
        return value

    @property
    def uri(self) -> str:
        steps = [str(key).replace("~", "~0").replace("/", "~1") for key in self.keys]
        return self.file.as_uri() + "#" + quote("".join(f"/{step}" for step in steps))

    def child(self, *keys: str | int) -> "Place":
        return Place(self.file, self.keys + keys).resolved()

    def children(self, key: str) -> list["Place"]:
        """The entries of a list or mapping under `key`; none where there is no such key."""
        inside = self.value.get(key, ()) if isinstance(self.value, dict) else ()
        names = range(len(inside)) if isinstance(inside, list) else inside
        return [self.child(key, name) for name in names]

    def resolved(self) -> "Place":
        if not (isinstance(self.value, dict) and isinstance(self.value.get("$ref"), str)):
            return self
        return self.follow(self.value["$ref"])

    def follow(self, reference: str) -> "Place":
        target = urlsplit(urljoin(self.uri, reference))
        steps = unquote(target.fragment).split("/")[1:]
        keys = [step.replace("~1", "/").replace("~0", "~") for step in steps]
        return Place(Path(unquote(target.path)), tuple(keys)).resolved()


@dataclass(frozen=True)
class Operation:
    """Where a document describes the arguments of one operation."""

    parameters: dict[tuple[str, str], Place]
    bodies: tuple[Place, ...]


@cache
def operations(entry: Path) -> dict[str, Operation]:
    return {
        f"{method.upper()} {path}": operation(item, method)
        for path, item in zip(load(entry)["paths"], Place(entry).children("paths"), strict=True)
        for method in METHODS
        if method in item.value
    }


def operation(item: Place, method: str) -> Operation:
    own = item.child(method)
    described = [*item.children("parameters"), *own.children("parameters")]
    parameters = {(place.value["in"], place.value["name"]): place for place in described}
    media_types = own.child("requestBody").children("content") if "requestBody" in own.value else []
    bodies = [schema_of(media_type) for media_type in media_types]
    bodies += [schema_of(place) for (where, _), place in parameters.items() if where == "body"]
    return Operation(parameters, tuple(bodies))


def schema_of(place: Place) -> Place:
    """The schema of a parameter or media type, which is the place itself where it has none.

    In OpenAPI 2.0 a parameter is its own schema; a media type without one takes anything.
    """
    return place.child("schema") if "schema" in place.value else place


def read_questions(pattern: str) -> list[dict[str, Any]]:
    files = sorted((EXAMPLES / "questions").glob(pattern))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


QUESTIONS = read_questions("*.jsonl")
ANSWERABLE = [question for question in QUESTIONS if question["operation"]]


# A question states some of the arguments, never all: nothing is required of a value, and it may
# fit several branches of a `oneOf` that the missing fields would tell apart.
def _type(validator: Any, types: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not (instance is None and schema.get("nullable")):
        yield from Draft4Validator.VALIDATORS["type"](validator, types, instance, schema)


def _fits_partly(base: Any, **keywords: Any) -> Any:
    return extend(base, {"required": None, "oneOf": base.VALIDATORS["anyOf"], **keywords})


_files = Draft4Validator.TYPE_CHECKER.redefine("file", lambda _, value: isinstance(value, str))
OPENAPI_3_0 = extend(Draft4Validator, {"type": _type}, type_checker=_files)
WHOLE = {"2.0": OPENAPI_3_0, "3.0": OPENAPI_3_0, "3.1": Draft202012Validator}
PART = {version: _fits_partly(validator) for version, validator in WHOLE.items()}
FILES: Registry[Any] = Registry().with_resources(
    (file.as_uri(), Resource.opaque(load(file))) for file in DOCUMENTS.rglob("*.*")
)


def version(entry: Path) -> str:
    document = load(entry)
    return str(document.get("swagger") or document["openapi"])[:3]


def misfits(validators: dict[str, Any], entry: Path, place: Place, value: Any) -> list[str]:
    """What keeps a value from satisfying the schema at a place."""
    validator = validators[version(entry)](
        {"$ref": place.uri}, registry=FILES, format_checker=FormatChecker()
    )
    return [error.message for error in validator.iter_errors(value)]


def strays(schema: Place, value: Any, at: str = "body") -> Iterator[str]:
    """Fields of a body that its schema does not know."""
    parts = list(members(narrowed(schema, value)))
    if isinstance(value, list):
        for part in parts:
            for item in value if "items" in part.value else ():
                yield from strays(part.child("items"), item, f"{at}[]")
    if isinstance(value, dict):
        known = {field: part for part in parts for field in part.value.get("properties", {})}
        free = any(part.value.get("additionalProperties") for part in parts)
        for field, inner in value.items():
            if field in known:
                inside = known[field].child("properties", field)
                yield from strays(inside, inner, f"{at}.{field}")
            elif not free:
                yield f"{at}.{field} is unknown"


def narrowed(schema: Place, value: Any) -> Place:
    """The schema that a value chooses by its discriminator, where there is one."""
    choice = schema.value.get("discriminator")
    if not (isinstance(choice, dict) and isinstance(value, dict)):
        return schema
    target = choice.get("mapping", {}).get(value.get(choice["propertyName"]))
    return schema.follow(target) if target else schema


def members(schema: Place) -> Iterator[Place]:
    yield schema
    for keyword in ("allOf", "oneOf", "anyOf"):
        for part in schema.children(keyword):
            yield from members(part)


def problems(question: dict[str, Any]) -> list[str]:
    """What is wrong with the arguments that a question wants."""
    entry = DOCUMENTS / question["document"]
    wanted = operations(entry)[question["operation"]]
    found = []
    for where, arguments in question["arguments"].items():
        if where == "body" and wanted.bodies:
            found += body_problems(entry, wanted.bodies, arguments)
            continue
        for name, value in arguments.items():
            place = wanted.parameters.get(("formData" if where == "body" else where, name))
            if place is None:
                found.append(f"there is no {where} parameter {name}")
                continue
            found += misfits(PART, entry, schema_of(place), value)
            found += strays(schema_of(place), value, name)
    return found


def body_problems(entry: Path, schemas: tuple[Place, ...], body: Any) -> list[str]:
    """What is wrong with a body for the media type that it fits best."""
    fits = [narrowed(schema, body) for schema in schemas]
    return min(([*misfits(PART, entry, fit, body), *strays(fit, body)] for fit in fits), key=len)


def joined(place: Place, within: tuple[Place, ...] = ()) -> Any:
    """A document of several files as one value; what refers to itself stays a reference."""
    if place in within:
        return {"$ref": place.uri}
    inside = (*within, place)
    if isinstance(place.value, dict):
        return {key: joined(place.child(key), inside) for key in place.value}
    if isinstance(place.value, list):
        return [joined(place.child(n), inside) for n in range(len(place.value))]
    return place.value


def nodes(value: Any, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where every mapping of a document is; no property counts as `example` for its name alone."""
    if isinstance(value, dict):
        if keys[-1:] != ("properties",):
            yield keys
        for key, inner in value.items():
            if key not in ("example", "examples", "default") or keys[-1:] == ("properties",):
                yield from nodes(inner, (*keys, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from nodes(inner, (*keys, n))


def given_examples(node: Any) -> list[Any]:
    """Example values of a parameter, media type or schema."""
    many = node.get("examples", [])
    if isinstance(many, dict):
        many = [each["value"] for each in many.values() if "value" in each]
    return [*many, *(node[key] for key in ("example", "x-example") if key in node)]


def name(entry: Path) -> str:
    return str(entry.relative_to(DOCUMENTS))


@pytest.mark.parametrize("entry", ENTRIES, ids=name)
def test_document_keeps_to_the_specification(entry: Path) -> None:
    """As written, and joined: the validator follows no reference to a path in another file."""
    validate(load(entry), base_uri=entry.as_uri())
    validate(joined(Place(entry)), base_uri=entry.as_uri())


@pytest.mark.parametrize("entry", ENTRIES, ids=name)
def test_examples_in_documents_satisfy_their_schemas(entry: Path) -> None:
    folder = entry.parent
    files = [entry] if folder == DOCUMENTS else sorted(folder.rglob("*.yaml"))
    wrong = []
    for place in (Place(file, keys) for file in files for keys in nodes(load(file))):
        for value in given_examples(place.value):
            found = misfits(WHOLE, entry, schema_of(place), value)
            wrong += [f"{place.uri}: {text}" for text in found]
    assert not wrong


@pytest.mark.parametrize("entry", ENTRIES, ids=name)
def test_operations_are_described(entry: Path) -> None:
    for label in operations(entry):
        method, path = label.split(" ", 1)
        described = Place(entry).child("paths", path).child(method.lower()).value
        assert described.get("summary") and described.get("description"), label


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_wanted_call_is_legal(question: dict[str, Any]) -> None:
    entry = DOCUMENTS / question["document"]
    assert question["api"] == load(entry)["info"]["title"]
    assert question["operation"] in operations(entry)
    assert problems(question) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"path": {"bookingId": "8841"}}, "'8841' is not of type 'integer'"),
        ({"path": {"id": 8841}}, "there is no path parameter id"),
        ({"body": {"chekIn": "2026-07-04"}}, "body.chekIn is unknown"),
        ({"body": {"party": {"cats": 2}}}, "body.party.cats is unknown"),
        ({"body": {"roomType": "cave"}}, "'cave' is not one of"),
        ({"body": {"checkIn": "4 July"}}, "'4 July' is not a 'date'"),
    ],
    ids=str,
)
def test_illegal_arguments_are_noticed(change: dict[str, Any], complaint: str) -> None:
    question = {
        "document": "harbor-bookings.yaml",
        "operation": "PATCH /bookings/{bookingId}",
        "arguments": change,
    }
    assert [found for found in problems(question) if complaint in found]


def test_unanswerable_questions_want_nothing() -> None:
    for question in QUESTIONS:
        if question["operation"] is None:
            assert question["document"] is None and question["arguments"] == {}, question["id"]


@pytest.mark.parametrize("field", ["id", "question"])
def test_no_question_is_told_twice(field: str) -> None:
    values = [question[field] for question in QUESTIONS]
    assert sorted(values) == sorted(set(values))


def test_named_questions_say_the_name_and_others_do_not() -> None:
    names = {load(entry)["info"]["title"].split()[0].lower() for entry in ENTRIES}
    for question in QUESTIONS:
        said = {name for name in names if name in question["question"].lower()}
        own = {question["api"].split()[0].lower()} if question["named"] else set()
        assert said == own, question["id"]


def test_there_is_enough_to_measure() -> None:
    assert len(ENTRIES) >= 10
    assert {version(entry) for entry in ENTRIES} == set(WHOLE)
    assert sum(len(operations(entry)) for entry in ENTRIES) >= 150
    assert len(QUESTIONS) >= 300
    assert len(QUESTIONS) - len(ANSWERABLE) >= 40
    assert 0.45 <= sum(question["named"] for question in QUESTIONS) / len(QUESTIONS) <= 0.55

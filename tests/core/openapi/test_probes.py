"""The probe documents on which openapi-snippet 0.14 crashes or goes wrong, and what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.build import Built, Choices, build
from core.errors import CallwrightError
from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Dropped
from core.request import FileBody, FormBody, JsonBody, MultipartBody, Request, TextBody
from core.values import POLICIES
from tests.conftest import SHARED_DATA

PROBES = SHARED_DATA / "openapi-snippet" / "snippet_probe_specs.json"
BASE = "https://api.example.com/v1"


@pytest.fixture(scope="module")
def probes(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(PROBES.read_text(encoding="utf-8"))
    return found


def outcomes(root: Any, policy: str = "example", **chosen: Any) -> dict[str, Built | str]:
    """A request or the reason why there is none, by the label of the operation."""
    document = Document(root, name="probe.json")
    values = POLICIES[policy](document)
    found: dict[str, Built | str] = {}
    for operation in operations(document):
        if isinstance(operation, Dropped):
            found[operation.where] = operation.reason
            continue
        try:
            found[operation.label] = build(operation, values, choices=Choices(**chosen))
        except CallwrightError as error:
            found[operation.label] = str(error)
    return found


def written(request: Request) -> str:
    """A request in one line: URL, headers, cookies and what its body holds."""
    lines = [f"{name}: {value}" for name, value in request.headers]
    lines += [f"cookie {name}={value}" for name, value in request.cookies]
    if request.body is not None:
        lines.append(f"{request.body.media_type} {_content(request)}")
    return " | ".join([request.url.removeprefix(BASE), *lines])


def _content(request: Request) -> str:
    body = request.body
    if isinstance(body, JsonBody | TextBody):
        return body.text
    if isinstance(body, FormBody):
        return "&".join([f"{name}={value}" for name, value in body.pairs])
    if isinstance(body, MultipartBody):
        parts = [
            f"{part.name}={'@' + part.filename if part.filename else part.value}"
            + (f" ({part.media_type})" if part.media_type else "")
            for part in body.parts
        ]
        return "; ".join(parts)
    assert isinstance(body, FileBody)
    return f"@{body.filename}"


PET = (
    '{"name":"REPLACE_name","age":1,"weight":1,"ok":true,"tags":["REPLACE_tags"],'
    '"owner":{"email":"user@example.com"}}'
)
TEXT = "a\"b'c\\d$e#{f}\\(g)%s%d`h`\n\tz</script>é\u2028"
ON_THE_WIRE = (
    "a%22b%27c%5Cd%24e%23%7Bf%7D%5C%28g%29%25s%25d%60h%60%0A%09z%3C%2Fscript%3E%C3%A9%E2%80%A8"
)

# Probe, operation, and the one right request.
RIGHT = [
    ("par_type_array_31_example", "GET /a", "/a?x=v"),
    ("par_schema_no_type", "GET /a", "/a?x=a"),
    ("par_schema_ref_enum", "GET /a", "/a?x=a"),
    ("par_path_noexample_noschema_type", "GET /a/{id}", "/a/REPLACE_id"),
    ("par_content_example", "GET /a", "/a?filter=%7B%22a%22%3A1%7D"),
    ("par_examples_empty", "GET /a", "/a?x=REPLACE_x"),
    ("par_examples_external", "GET /a", "/a?x=REPLACE_x"),
    ("par_examples_named", "GET /a", "/a?x=v1"),
    ("par_examples_31_array", "GET /a", "/a?x=v1"),
    ("srv_empty_list", "GET /a", "https://REPLACE_host/a"),
    ("srv_root", "GET /a", "https://REPLACE_host/a"),
    ("srv_protocol_relative", "GET /a", "/a"),
    ("srv_variables_path", "GET /a", "https://api.example.com/v2/a"),
    ("srv_variables_host", "GET /a", "https://eu.example.com:8443/v2/a"),
    ("srv_with_port", "GET /a", "http://localhost:8080/v1/a"),
    ("v2_no_basepath", "GET /a", "https://api.example.com/a"),
    ("v2_schemes_wss_first", "GET /a", "/a"),
    ("path_with_space", "GET /a b", "/a%20b"),
    ("path_with_query", "GET /search?type=a", "/search?b=REPLACE_b&type=a"),
    ("path_with_fragment", "GET /x#Action=List", "/x?b=REPLACE_b"),
    ("par_path_undeclared", "GET /a/{id}", "/a/REPLACE_id"),
    (
        "par_path_special",
        "GET /a/{id}/b/{id}",
        "/a/x%2Fy%20z%3F%26%23%C3%A9/b/x%2Fy%20z%3F%26%23%C3%A9",
    ),
    ("par_path_default_v2", "GET /a/{id}", "/a/me"),
    ("par_schema_default_enum", "GET /a", "/a?d=dv&e=e1&m=5&exs=s1&i=0&b=false"),
    ("par_null_example", "GET /a", "/a?x=REPLACE_x"),
    ("par_schema_null_example", "GET /a", "/a?x=REPLACE_x"),
    ("par_array_noexample", "GET /a", "/a?x=REPLACE_x"),
    (
        "par_array_styles",
        "GET /a",
        "/a?f=1&f=2&fe=1,2&sp=1%202&spe=1&spe=2&pi=1%7C2",
    ),
    (
        "par_object_styles",
        "GET /a",
        "/a?r=x&n=1&fe=r,x,n,1&d%5Br%5D=x&d%5Bn%5D%5Bk%5D=1&d%5Bn%5D%5Bk%5D=2",
    ),
    ("par_deepobject_array", "GET /a", "/a?x%5Bids%5D=1&x%5Bids%5D=2&x%5Bn%5D=null&x%5Bt%5D=true"),
    ("par_v2_array_of_objects", "GET /a", "/a?x=%7B%22a%22%3A1%7D&x=%7B%22b%22%3A2%7D"),
    ("par_v2_collectionformat", "GET /a", "/a?x=a&x=b&y=a%7Cb&z=REPLACE_z"),
    ("par_dup_query_values", "GET /a", "/a?x=a&x=b&x=c"),
    ("par_pathlevel", "GET /a/{id}", "/a/REPLACE_id?a=REPLACE_a&b=oplevel"),
    ("par_same_name_diff_in", "GET /a", "/a?id=REPLACE_id | id: REPLACE_id"),
    ("par_dup_pathlevel_in_diff", "GET /a", "/a?id=REPLACE_id | id: REPLACE_id"),
    (
        "par_header_reserved",
        "POST /a",
        f"/a | Accept: text/csv | Authorization: Bearer REPLACE_b | application/json {PET}",
    ),
    ("par_cookie_object", "GET /a", "/a | cookie a=1 | cookie b=x%20y | cookie d=1,2"),
    (
        "ref_cookie_auth",
        "GET /me",
        "/me | Authorization: Bearer REPLACE_b | cookie sid=REPLACE_sid | cookie lang=en%20us",
    ),
    (
        "ref_post_form",
        "POST /token",
        "/token | application/x-www-form-urlencoded user=user@example.com&scope=read write",
    ),
    ("body_allof", "POST /a", '/a | application/json {"a":"REPLACE_a","b":1}'),
    ("body_oneof_anyof", "POST /a", '/a | application/json {"a":"REPLACE_a"}'),
    ("body_oneof_anyof", "POST /b", "/b | application/json 1"),
    ("body_map", "POST /a", '/a | application/json {"property1":1,"property2":1}'),
    ("body_map", "POST /b", "/b | application/json {}"),
    ("body_ref", "POST /a", f"/a | application/json {PET}"),
    ("body_ref_anchor_31", "POST /a", '/a | application/json "REPLACE_value"'),
    ("body_json_variants", "POST /0", f"/0 | application/json; charset=utf-8 {PET}"),
    ("body_json_variants", "POST /1", f"/1 | application/vnd.api+json {PET}"),
    ("body_json_variants", "POST /2", f"/2 | application/json {PET}"),
    ("body_json_variants", "POST /4", f"/4 | text/plain {PET}"),
    ("body_json_variants", "POST /8", f"/8 | APPLICATION/JSON {PET}"),
    (
        "body_json_variants",
        "POST /5",
        '/5 | application/xml <?xml version="1.0" encoding="UTF-8"?>\n<root>'
        "<name>REPLACE_name</name><age>1</age><weight>1</weight><ok>true</ok>"
        "<tags>REPLACE_tags</tags><owner><email>user@example.com</email></owner></root>",
    ),
    (
        "body_numbers",
        "POST /a",
        '/a | application/json {"i":1,"i64":1,"n":1,"f":1,"min":10,"max":-3,"ex":2,"ex31":2,'
        '"mult":10,"big":12345678901234567890}',
    ),
    (
        "body_arrays",
        "POST /a",
        '/a | application/json {"a":["REPLACE_a"],"min":["REPLACE_min","REPLACE_min",'
        '"REPLACE_min"],"no":[],"max0":[],"tuple":["REPLACE_tuple",1],"aoa":[[{"z":"REPLACE_z"}]]}',
    ),
    (
        "body_strings",
        "POST /a",
        '/a | application/json {"mn":"REPLACE_mn","mx":"REPLACE_mx","pat":"REPLACE_pat","en":"z",'
        '"de":"dflt","ex":"exv","co":"cv","exs":"e31","nul":null,"ta":"REPLACE_ta",'
        '"nn":"REPLACE_nn","nex":"REPLACE_nex","wo":"REPLACE_wo","any":"REPLACE_any",'
        '"empty_enum":"REPLACE_empty_enum"}',
    ),
    (
        "body_form_nested",
        "POST /a",
        '/a | application/x-www-form-urlencoded arr=x&arr=y&obj={"k":"REPLACE_k"}&b=true'
        "&sp=a b+c&d=e%é",
    ),
    ("body_form_encoding", "POST /a", "/a | application/x-www-form-urlencoded o[k]=REPLACE_k"),
    (
        "body_multipart_file",
        "POST /a",
        "/a | multipart/form-data f=@REPLACE_f (image/png); fs=@REPLACE_fs; n=1; "
        'j={"a":"REPLACE_a"} (application/json)',
    ),
    (
        "body_multipart_string_schema",
        "POST /a",
        "/a | multipart/form-data value=REPLACE_value",
    ),
    ("v2_formdata", "POST /a", "/a | application/x-www-form-urlencoded u=REPLACE_u&p=REPLACE_p"),
    ("v2_formdata", "POST /f", "/f | multipart/form-data file=@REPLACE_file"),
    ("v2_consumes_produces", "POST /a", f"/a | application/json {PET}"),
    ("sec_op_basic", "GET /a", "/a | Authorization: Basic REPLACE_basic"),
    ("sec_glob_bearer", "GET /a", "/a | Authorization: Bearer REPLACE_bearer"),
    ("sec_op_keyh", "GET /a", "/a | X-Key: REPLACE_keyh"),
    ("sec_op_keyq", "GET /a", "/a?api_key=REPLACE_keyq"),
    ("sec_glob_oidc", "GET /a", "/a | Authorization: Bearer REPLACE_oidc"),
    ("sec_op_mtls", "GET /a", "/a"),
    ("sec_op_or", "GET /a", "/a | Authorization: Bearer REPLACE_bearer"),
    ("sec_glob_optional", "GET /a", "/a"),
    ("sec_op_optional_last", "GET /a", "/a | Authorization: Bearer REPLACE_bearer"),
    ("sec_op_two_keys", "GET /a", "/a | X-Key: REPLACE_keyh"),
    ("sec_glob_unknown", "GET /a", "/a"),
    ("sec_glob_none", "GET /a", "/a"),
    ("sec_op_none_overrides_global", "GET /a", "/a"),
    ("v2sec_glob_basic", "GET /a", "/a | Authorization: Basic REPLACE_basic"),
    ("v2sec_glob_keyq", "GET /a", "/a?api_key=REPLACE_keyq"),
    ("v2sec_glob_oauth", "GET /a", "/a | Authorization: Bearer REPLACE_oauth"),
    ("pathitem_ref", "GET /a", "/a?x=REPLACE_x"),
    ("esc_query", "GET /a", f"/a?x={ON_THE_WIRE}"),
    ("esc_cookie", "GET /a", f"/a | cookie c={ON_THE_WIRE}"),
    ("esc_header", "GET /a", "/a | X-H: REPLACE_X_H"),
    ("esc_form", "POST /a", f"/a | application/x-www-form-urlencoded x={TEXT}"),
    ("esc_multipart", "POST /a", f"/a | multipart/form-data x={TEXT}; e="),
    ("esc_json_null", "POST /a", '/a | application/json {"a":null,"b":[null],"c":1}'),
    ("yaml_date_example", "GET /a", "/a?d=2020-01-01"),
]

# What cannot be done is said: (probe, operation, part of the reason or of a note).
SAID = [
    ("par_ref_external", "GET /a", "common.json”, which is not among the uploaded files"),
    ("par_ref_external", "GET /a", "nothing is fetched from elsewhere"),
    ("body_schema_ref_missing", "POST /a", "leads nowhere"),
    ("body_selfref_only", "POST /a", "leads back to itself"),
    ("esc_header", "GET /a", "No header can hold the sample of “X-H”"),
    ("sec_op_mtls", "GET /a", "client certificate"),
    ("par_null_example", "GET /a", "The example “null” of “x” does not fit its own schema"),
]


@pytest.mark.parametrize("policy", POLICIES)
def test_every_operation_gives_a_request_or_a_reason(probes: dict[str, Any], policy: str) -> None:
    for name, root in probes.items():
        for required_only in (False, True):
            for outcome in outcomes(root, policy, required_only=required_only).values():
                assert isinstance(outcome, Built) or len(outcome) > 20, name


@pytest.mark.parametrize(("probe", "label", "wanted"), RIGHT)
def test_what_goes_wrong_elsewhere_is_right(
    probes: dict[str, Any], probe: str, label: str, wanted: str
) -> None:
    outcome = outcomes(probes[probe])[label]
    assert isinstance(outcome, Built), outcome
    assert written(outcome.request) == wanted


@pytest.mark.parametrize(("probe", "label", "sentence"), SAID)
def test_what_cannot_be_done_is_said(
    probes: dict[str, Any], probe: str, label: str, sentence: str
) -> None:
    outcome = outcomes(probes[probe])[label]
    assert sentence in (" ".join(outcome.notes) if isinstance(outcome, Built) else outcome)


@pytest.mark.parametrize(
    ("probe", "labels"),
    [
        ("par_pathlevel", ["GET /a/{id}"]),
        ("xpath_ext", ["GET /a"]),
        ("pathitem_ref", ["GET /a", "GET /b"]),
        ("webhook_and_path", ["GET /a"]),
        ("no_paths_31", []),
    ],
)
def test_only_methods_are_operations(probes: dict[str, Any], probe: str, labels: list[str]) -> None:
    assert list(outcomes(probes[probe])) == labels


def test_required_only_leaves_out_the_rest(probes: dict[str, Any]) -> None:
    def only(probe: str, label: str) -> str:
        outcome = outcomes(probes[probe], required_only=True)[label]
        assert isinstance(outcome, Built)
        return written(outcome.request)

    assert only("par_schema_default_enum", "GET /a") == "/a"
    assert only("par_pathlevel", "GET /a/{id}") == "/a/REPLACE_id"
    assert only("par_header_reserved", "POST /a") == "/a | Authorization: Bearer REPLACE_b"
    assert only("body_ref", "POST /a") == "/a"

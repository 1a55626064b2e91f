"""Code judged as people paste it."""

import json

from core.judgement import judge
from tests.core.documents import pets

ILLEGAL = """
import requests
token = read_token()
requests.get("https://api.pets.example/v1/pets", params={"limt": 5},
             headers={"Authorization": f"Bearer {token}"})
"""


def test_an_illegal_call_comes_back_right_in_its_own_client():
    judgement = judge(ILLEGAL, pets(), "python")
    assert judgement.status == "illegal"
    assert judgement.correction is not None
    assert judgement.correction.client == "python-requests"
    assert judgement.correction.request.url == "https://api.pets.example/v1/pets?limit=5"
    changed = [line for line in judgement.correction.diff.splitlines() if line[0] in "+-"]
    assert len(changed) == 4  # two of them are the headings
    assert '-    params={"limt": "5"},' in changed and '+    params={"limit": "5"},' in changed


def test_what_the_code_does_not_state_is_listed_with_its_place():
    unknown = judge(ILLEGAL, pets(), "python").parsed.unknowns[0]
    assert (unknown.text, unknown.line, unknown.column) == ("read_token()", 3, 9)


def test_the_language_is_guessed():
    code = "curl 'https://api.pets.example/v1/pets' -H 'Authorization: Bearer x'"
    judgement = judge(code, pets())
    assert (judgement.language, judgement.status) == ("curl", "valid")
    assert judgement.correction is None


def test_code_without_a_call_says_so():
    judgement = judge("print('hello')", pets(), "python")
    assert judgement.status == "no call" and judgement.parsed.reason
    assert next(judgement.lines()) == f"no call: {judgement.parsed.reason}"


def test_json_holds_what_the_lines_say():
    judgement = judge(ILLEGAL, pets(), "python")
    told = json.loads(json.dumps(judgement.as_json()))
    assert told["operation"] == "GET /pets" and told["status"] == "illegal"
    assert told["findings"][0]["kind"] == "unknown parameter"
    assert told["findings"][0]["pointer"] == "/paths/~1pets/get"
    assert judgement.correction and told["corrected"]["code"] == judgement.correction.code
    text = "\n".join(judgement.lines())
    assert "unknown parameter" in text and "line 3, column 9" in text

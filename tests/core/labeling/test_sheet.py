"""Files with candidates and labels: in, out, and what strangers put into them."""

from __future__ import annotations

import csv
import io

import orjson
import pytest

from core.errors import DocumentError
from core.labeling.export import FORMATS, as_csv, as_json_lines, rows
from core.labeling.sheet import load_sheet, read_sheet
from core.store.adjudications import adjudicate
from core.store.candidates import find_candidate, stored_candidates
from core.store.database import Store
from core.store.judge_verdicts import judges, verdicts_of
from core.store.labels import labels_of, tally

ORACLE = b"""instance_id,api_name,endpoint,functionality,description,candidate,human_label,\
input_tokens_mean
1-1,Pets,showPet,Show a pet,By its number.,Show me pet 3 with the Pets API.,G,-2.5
1-1,Pets,showPet,Show a pet,By its number.,Here is a query: show pets.,B,-3.5
1-1,Pets,showPet,Show a pet,By its number.,Show me pet 3 with the Pets API.,G,-2.5
"""


def test_oracle_loads_as_it_is_and_again_changes_nothing(store: Store) -> None:
    for _ in range(2):
        loaded = load_sheet(store, "human_oracle.csv", ORACLE)
        assert (loaded.num_rows, loaded.labels) == (3, {"good": 2, "bad": 1})
    assert loaded.num_new == 0
    assert tally(store) == {"human_oracle": {"good": 2, "bad": 1}}
    assert judges(store) == {"input_tokens_mean": 3}
    first, second, again = stored_candidates(store)
    assert again.key == f"{first.key}-2" and again.candidate == first.candidate
    assert second.candidate.origin == "import:human_oracle.csv"
    assert verdicts_of(store, [second.key])[second.key]["input_tokens_mean"].score == -3.5


@pytest.mark.parametrize("ending", FORMATS)
def test_what_goes_out_comes_back(store: Store, ending: str) -> None:
    load_sheet(store, "human_oracle.csv", ORACLE)
    key = next(stored_candidates(store)).key
    adjudicate(store, key, "bad", "human_oracle")
    data = FORMATS[ending](store)
    back = load_sheet(store, f"labels.{ending}", data)
    assert (back.num_new, back.labels, back.left_out) == (0, {"good": 2, "bad": 1}, [])
    assert tally(store) == {"human_oracle": {"good": 2, "bad": 1}}
    assert [row["final_label"] for row in rows(store)] == ["bad", "", ""]


def test_exports_say_where_labels_come_from(store: Store) -> None:
    line = {"instruction": "List pets", "label": "bad", "reasons": ["intent", "grammar"]}
    load_sheet(store, "in.jsonl", orjson.dumps(line | {"annotator": "Ada", "comment": "no"}))
    (found,) = csv.DictReader(io.StringIO(as_csv(store).decode()))
    assert (found["annotator"], found["reasons"]) == ("Ada", "intent;grammar")
    assert found["labelled_at"].endswith("+00:00") and found["pool"] == "in.jsonl"
    assert orjson.loads(as_json_lines(store))["reasons"] == ["intent", "grammar"]


def test_one_row_may_hold_several_candidates(store: Store) -> None:
    row = {"api_name": "Pets", "instruction_candidates": ["List pets", {"candidate": "Show pets"}]}
    assert load_sheet(store, "api_db.jsonl", orjson.dumps(row)).num_new == 2


def test_row_that_is_wrong_is_left_out_and_told(store: Store) -> None:
    data = b"candidate,label,reasons\nList pets,maybe,\n,G,\nShow pets,B,because\nPets,G,\n"
    loaded = load_sheet(store, "in.csv", data)
    assert (loaded.num_rows, loaded.num_new) == (4, 1)
    assert [problem.partition(": ")[2] for problem in loaded.left_out] == [
        "“maybe” is no label: G, B, good, bad, skip or flag",
        "it has no words of a candidate",
        "“because” is no reason: several, extra, api-name, endpoint, fact, grammar, intent",
    ]
    assert loaded.left_out[0].startswith("in.csv, row 1")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "none of the columns"),
        (b"a,b\n1,2\n", "none of the columns"),
        (b"candidate\n", "has no rows"),
        (b"candidate\n\xff\n", "not UTF-8"),
        (b'{"candidate": "a"}\n{"candid', "line 2 is no JSON"),
        (b'{"candidate": "a"}\n[1]', "line 2 is no object"),
        (b"candidate\n" + b'"' + b"a" * 200_000 + b'"\n', "field larger than"),
    ],
)
def test_file_that_cannot_be_read_is_told_in_words(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        list(read_sheet("in.csv", data, []))


def test_name_of_a_file_is_no_path(store: Store) -> None:
    load_sheet(store, "../../etc/in.csv", b"candidate,label\nList pets,G\n")
    (stored,) = stored_candidates(store)
    assert (stored.pool, stored.candidate.origin) == ("in.csv", "import:in.csv")
    ((label,),) = labels_of(store, [stored.key]).values()
    assert label.annotator == "in"
    assert find_candidate(store, stored.key) == stored

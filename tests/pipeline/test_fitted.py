"""The judge that is fitted to labels: what it learns, keeps and says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.candidate import REASONS, Candidate, Label
from core.errors import StoreError
from core.labeling.export import COLUMNS
from pipeline.fitted import BUNDLED, FEATURES, fit, judge_by, out_of_fold, read_fitted, write_fitted
from pipeline.judge import JUDGES
from pipeline.labelled import Labelled, read_labels

APIS = ("Pet Shop", "Ferry Line", "Book Club", "Tea House")


def labelled(text: str, api: str, label: Label) -> Labelled:
    return Labelled(Candidate(api, text, api, "List all things", "", "things"), label)


LABELS = [
    each
    for api in APIS
    for number in range(6)
    for each in (
        labelled(f"List all things of {api} for my {'very ' * number}nice page", api, "good"),
        labelled(f"Query: list all things of {api} {'now ' * number}", api, "bad"),
    )
]


def test_what_tells_bad_from_good_is_learnt_and_holds_for_other_apis() -> None:
    fitted = fit(LABELS, {"labels": "these"})
    assert fitted.weights["label"] > 0.5
    assert fitted.provenance["candidates"] == len(LABELS)
    assert out_of_fold(LABELS) == [each.label for each in LABELS]


def test_the_same_labels_give_the_same_judge(tmp_path: Path) -> None:
    fitted = fit(LABELS, {})
    write_fitted(tmp_path / "judge.json", fitted)
    assert read_fitted(tmp_path / "judge.json") == fitted == fit(LABELS, {})


def test_a_bad_candidate_has_a_reason_even_where_no_rule_finds_one() -> None:
    fitted = fit(LABELS, {})
    weights = {**dict.fromkeys(FEATURES, 0.0), "ungrounded": 9.0}
    judge = judge_by(type(fitted)(weights, -1.0, 0.5, {}))
    found = judge(Candidate("g", "Sunny weather in the Pet Shop", "Pet Shop", "", "", ""))
    assert found.label == "bad" and found.score < 0.5
    assert [each.rule for each in found.reasons] == ["fitted:ungrounded"]
    assert all(each.reason in REASONS for each in found.reasons)


@pytest.mark.parametrize(
    "labels",
    [[], LABELS[::2], [each for each in LABELS if each.candidate.api_name == "Pet Shop"]],
    ids=["none", "all good", "one API"],
)
def test_labels_that_teach_nothing_are_refused(labels: list[Labelled]) -> None:
    with pytest.raises(StoreError, match="at least two APIs"):
        fit(labels, {})


def test_the_judge_that_comes_along_knows_every_feature() -> None:
    fitted = read_fitted(BUNDLED)
    assert fitted.weights.keys() == set(FEATURES)
    assert fitted.provenance["labels"]
    assert JUDGES["fitted"](LABELS[1].candidate).label == "bad"


def test_a_judge_of_another_version_is_refused(tmp_path: Path) -> None:
    whole = json.loads(BUNDLED.read_text())
    del whole["weights"]["label"]
    (tmp_path / "old.json").write_text(json.dumps(whole))
    with pytest.raises(StoreError, match="no weight for label"):
        read_fitted(tmp_path / "old.json")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "oracle.csv",
            "instance_id,api_name,candidate,human_label\n1,Pets,List pets,G\n2,Pets,x,\n",
        ),
        (
            "ours.jsonl",
            '{"group": "1", "api_name": "Pets", "text": "List pets", "label": "good"}\n',
        ),
        ("ours.json", '[{"group": "1", "api_name": "Pets", "text": "List pets", "label": "good"}]'),
    ],
)
def test_labels_are_read_from_files(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    assert read_labels(path) == [Labelled(Candidate("1", "List pets", "Pets", "", "", ""), "good")]


def test_of_several_labels_the_decided_one_or_the_majority_counts(tmp_path: Path) -> None:
    said = {"a": "GBB", "b": "GB", "c": "GGB", "d": "GB"}
    rows = [
        {"candidate_key": key, "text": key, "human_label": label, "final_label": "G" * (key == "d")}
        for key, labels in said.items()
        for label in labels
    ]
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    found = {each.candidate.text: each.label for each in read_labels(path)}
    assert found == {"a": "bad", "c": "good", "d": "good"}


def test_what_people_say_on_the_page_can_be_fitted(tmp_path: Path) -> None:
    row = dict.fromkeys(COLUMNS, "") | {"candidate": "List pets", "human_label": "good"}
    row |= {"candidate_key": "k", "api_call": "curl x"}
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(row))
    (found,) = read_labels(path)
    assert (found.candidate.text, found.candidate.call, found.label) == (
        "List pets",
        "curl x",
        "good",
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.csv", "candidate,human_label\nx,maybe\n"), ("a.jsonl", "{"), ("a.json", "[1]")],
)
def test_files_without_labels_are_refused(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(StoreError, match=name):
        read_labels(path)

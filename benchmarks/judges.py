"""Do judges of instruction candidates agree with a person? Rules, a fitted model, a trivial rule.

The person labelled candidates of API Pack (human_oracle_dev.csv). The rules were frozen before any
label was looked at; the fitted judge is asked only about APIs that it was not fitted to.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from benchmarks.archive import shared_data
from benchmarks.report import Cell, Report, Table, percent
from core.candidate import Candidate
from core.models.protocol import Failure
from core.prompts import JUDGES as PROMPTED
from core.prompts import prompts_path
from core.settings import Settings
from core.store.database import open_store
from pipeline.asking import called
from pipeline.fitted import out_of_fold
from pipeline.judge import judge
from pipeline.judging import model_that_judges
from pipeline.labelled import Labelled, read_labels
from pipeline.rules import RULES
from pipeline.score import score
from pipeline.with_model import judgements

_DRAWS = 2_000
_SEED = 20240215
_PUBLISHED: Sequence[Sequence[Cell]] = (
    ("prompt C, Mistral-7B (published, 598 rows)", "0.07", "0.33", "0.12"),
    ("prompt A, the paper's (published, 604 rows)", "0.05", "1.00", "0.03"),
    ("trivial format rule (published texts, 604 rows)", "0.44", "0.75", "0.39"),
)
"""On the whole oracle, of which the rows here are a part: not measured by this command."""

Counts = NDArray[np.float64]
"""Right and wrong: bad said bad, good said bad, bad said good, good said good."""


@dataclass(frozen=True)
class Agreement:
    """A judge beside a person; a row of ``counts`` for each API."""

    name: str
    counts: Counts

    def row(self) -> list[Cell]:
        drawn = np.random.default_rng(_SEED).multinomial(
            len(self.counts), np.full(len(self.counts), 1 / len(self.counts)), _DRAWS
        )
        cells = [
            f"{_total(self, measure):.3f} ({_range(measure(drawn @ self.counts))})"
            for measure in (kappa, precision, recall)
        ]
        said = self.counts.sum(axis=0)
        return [self.name, *cells, int(said[0] + said[1])]


def kappa(counts: Counts) -> Counts:
    """Cohen's (1960), a value for each row of counts."""
    hit, alarm, miss, right = counts.T
    total = counts.sum(axis=1)
    agreed = (hit + right) / total
    chance = ((hit + alarm) * (hit + miss) + (miss + right) * (alarm + right)) / total**2
    return _divided(agreed - chance, 1 - chance)


def precision(counts: Counts) -> Counts:
    """Of those said to be bad, the share that is."""
    return _divided(counts[:, 0], counts[:, 0] + counts[:, 1])


def recall(counts: Counts) -> Counts:
    """Of the bad ones, the share that is said to be."""
    return _divided(counts[:, 0], counts[:, 0] + counts[:, 2])


def add_options(parser: argparse.ArgumentParser) -> None:
    """Language models that judge, too: by default none."""
    parser.add_argument(
        "--models",
        nargs="*",
        default=[],
        metavar="NAME",
        help="of the workspace, or BACKEND:FOLDER",
    )
    parser.add_argument("--prompts", nargs="*", default=list(PROMPTED), choices=PROMPTED)


def run(arguments: argparse.Namespace) -> Report:
    labelled = read_labels(shared_data("api-pack/human_oracle_dev.csv"))
    rules = _agreement("rules, frozen", labelled, [_is_bad(each) for each in labelled])
    fitted = _agreement(
        "fitted, nested cross-validation by API",
        labelled,
        [label == "bad" for label in out_of_fold(labelled)],
    )
    trivial = _agreement(
        "trivial format rule", labelled, [_is_odd(each.candidate.text) for each in labelled]
    )
    by_model = [
        each for name in arguments.models for each in _by_model(labelled, name, arguments.prompts)
    ]
    num_bad = sum(each.label == "bad" for each in labelled)
    return Report(
        title="Judges beside a person",
        tables=[
            Table(
                f"{len(labelled)} candidates, {num_bad} of them bad",
                ("judge", "Cohen's kappa", "Bad precision", "Bad recall", "said bad"),
                [each.row() for each in (rules, fitted, trivial, *by_model)],
            ),
            Table(
                "From elsewhere, on more rows of the same oracle",
                ("judge", "Cohen's kappa", "Bad precision", "Bad recall"),
                _PUBLISHED,
            ),
            _rule_table(labelled),
            _choice_table(labelled),
        ],
        notes=[
            f"Intervals: 95 %, {_DRAWS:,} draws of whole APIs with replacement; there are "
            f"{len(rules.counts)} APIs, two of which hold most rows.",
            *(["What a model does not decide counts as bad: it is not chosen."] * bool(by_model)),
        ],
        problems=[
            f"“{each.name}” does not beat the trivial rule."
            for each in (rules, fitted)
            if _total(each, kappa) <= _total(trivial, kappa)
            or _total(each, recall) <= _total(trivial, recall)
        ],
    )


def _by_model(labelled: Sequence[Labelled], name: str, prompts: Sequence[str]) -> list[Agreement]:
    """A language model, by each of these prompts; its answers are kept in the workspace."""
    candidates = [each.candidate for each in labelled]
    with closing(open_store(Settings.from_environment())) as store:
        folder = prompts_path(store.workspace)
        with model_that_judges(store, name) as model:
            return [
                _agreement(
                    f"{prompt}+{called(name)}",
                    labelled,
                    [
                        isinstance(said, Failure) or said.label == "bad"
                        for said in judgements(model, candidates, prompt, folder)
                    ],
                )
                for prompt in prompts
            ]


def _is_bad(each: Labelled) -> bool:
    return judge(each.candidate).label == "bad"


def _is_odd(text: str) -> bool:
    """A line break, a colon, or a quotation mark at either end."""
    return "\n" in text or ":" in text or text[:1] in ("'", '"') or text[-1:] in ("'", '"')


def _agreement(name: str, labelled: Sequence[Labelled], said: Sequence[bool]) -> Agreement:
    counts: dict[str, Counts] = defaultdict(lambda: np.zeros(4))
    for each, is_bad in zip(labelled, said, strict=True):
        place = (0 if is_bad else 2) if each.label == "bad" else (1 if is_bad else 3)
        counts[each.candidate.api_name][place] += 1
    return Agreement(name, np.array(list(counts.values())))


def _total(agreement: Agreement, measure: Callable[[Counts], Counts]) -> float:
    return float(measure(agreement.counts.sum(axis=0)[None])[0])


def _range(drawn: Counts) -> str:
    if np.isnan(drawn).all():
        return "not defined"  # the precision of who calls nothing bad
    low, high = np.nanpercentile(drawn, (2.5, 97.5))
    return f"{low:.2f}–{high:.2f}"


def _divided(part: Counts, whole: Counts) -> Counts:
    found: Counts = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole != 0)
    return found


def _rule_table(labelled: Sequence[Labelled]) -> Table:
    hits: dict[str, list[bool]] = {name: [] for name in RULES}
    for each in labelled:
        for finding in judge(each.candidate).reasons:
            hits[finding.rule].append(each.label == "bad")
    rows: list[list[Cell]] = [
        [name, RULES[name].reason, RULES[name].weight, len(found), percent(sum(found), len(found))]
        for name, found in sorted(hits.items(), key=lambda item: -len(item[1]))
    ]
    return Table("What each rule finds", ("rule", "reason", "weight", "found", "bad"), rows)


def _choice_table(labelled: Sequence[Labelled]) -> Table:
    """Of operations with good and bad candidates, how often the best by some number is good."""
    mixed = [group for group in _groups(labelled) if len({each.label for each in group}) == 2]
    rows: list[list[Cell]] = []
    for name, value in (("score", _rank), ("judge's score, then score", _judged_rank)):
        good = 0
        for group in mixed:
            texts = [each.candidate.text for each in group]
            values = [
                value(each.candidate, texts[:at] + texts[at + 1 :]) for at, each in enumerate(group)
            ]
            good += group[values.index(max(values))].label == "good"
        rows.append([name, len(mixed), percent(good, len(mixed))])
    chance = sum(sum(each.label == "good" for each in group) / len(group) for group in mixed)
    rows.append(["by chance", len(mixed), f"{100 * chance / len(mixed):.2f} %"])
    rows.append(["API Pack's likelihood (published)", 48, "37.50 % (chance 51.9)"])
    return Table(
        "The best candidate of an operation that has good and bad ones",
        ("chosen by", "operations", "is good"),
        rows,
    )


def _groups(labelled: Sequence[Labelled]) -> list[list[Labelled]]:
    def group_of(each: Labelled) -> str:
        return each.candidate.group

    return [list(group) for _, group in groupby(sorted(labelled, key=group_of), key=group_of)]


def _rank(candidate: Candidate, siblings: Sequence[str]) -> tuple[float, ...]:
    return (score(candidate, siblings).rank,)


def _judged_rank(candidate: Candidate, siblings: Sequence[str]) -> tuple[float, ...]:
    return judge(candidate).score, score(candidate, siblings).rank

"""Scored rows → the figures that boards show, each with its count and its 95 % interval.

>>> measures(rows, clusters)["right"]
Figure(value=0.74, low=0.68, high=0.79, count=195)

A row is a dict of numbers (:func:`columns_of`); a measure is the sum of one thing over the sum of
another. What does not apply to a row (no body is wanted, nothing was sent) is left out of both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.metrics.interval import Floats, quantile, ratios
from core.metrics.published import PublishedScore
from core.metrics.request_score import PLACES, RequestScore

Columns = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a board."""

    value: float
    low: float
    high: float
    count: int
    """Rows of which it speaks."""


@dataclass(frozen=True)
class Measure:
    """What is counted, and out of what."""

    title: str
    about: str
    above: Callable[[Columns], Floats]
    below: Callable[[Columns], Floats]
    is_share: bool = True
    """Whether it is between 0 and 1; else it is in seconds or tokens."""


_FLAGS = {
    "right": ("Right", "The very request that was wanted."),
    "operation": ("Operation", "Calls the wanted operation."),
    "method": ("Method", "Has the wanted method."),
    "host": ("Host", "Goes to the wanted host."),
    "path": ("Path", "Has the wanted path template."),
    "legal": ("Legal", "The document allows the call."),
    "different": ("Legal, different", "Legal, and not the wanted call."),
    "undecidable": ("Undecidable", "The document does not say enough to decide."),
    "illegal": ("Illegal", "The document forbids the call."),
    "invented": ("Invented endpoint", "No known document has the endpoint."),
    "read": ("Read", "The code could be read back to a request."),
    "abstained": ("Abstained", "Said that nothing fits."),
    "published_intent": ("Intent (paper)", "API Pack's intent accuracy: the URLs are alike."),
    "published_call": ("API call (paper)", "API Pack's API call accuracy: URL and text are alike."),
}
_WHERE_ASKED = {
    "body": ("Body", "The body is the wanted one, where there is one."),
    "security": ("Security", "Credentials are there, where they are asked for."),
    "executed": ("Execution", "A mock server made from the document takes the request."),
}


def columns_of(
    score: RequestScore, published: PublishedScore, executed: bool | None
) -> dict[str, float]:
    """One scored call as numbers; NaN where something does not apply."""
    found: dict[str, float] = {
        "right": score.status == "right",
        "operation": score.operation,
        "method": score.method,
        "host": score.host,
        "path": score.path,
        "legal": score.is_legal,
        "different": score.status == "legal but different",
        "undecidable": score.status == "undecidable",
        "illegal": score.status == "illegal",
        "invented": score.is_invented,
        "read": score.status not in ("no call", "no answer"),
        "abstained": score.status == "no answer",
        "published_intent": published.intent,
        "published_call": published.call,
        "body": _number(score.body),
        "security": _number(score.security),
        "executed": _number(executed),
    }
    for place in PLACES:
        counts = score.parameters.get(place)
        found[f"{place}_right"] = counts.right if counts else 0
        found[f"{place}_given"] = counts.given if counts else 0
        found[f"{place}_wanted"] = counts.wanted if counts else 0
    return {name: float(value) for name, value in found.items()}


def _number(flag: bool | None) -> float:
    return math.nan if flag is None else float(flag)


def _flag(name: str, title: str, about: str) -> Measure:
    return Measure(
        title,
        about,
        lambda rows: np.nan_to_num(rows[name]),
        lambda rows: np.isfinite(rows[name]).astype(np.float64),
    )


def _of_parameters(title: str, about: str, place: str, below: tuple[str, ...]) -> Measure:
    places = PLACES if place == "all" else (place,)
    factor = float(len(below))

    def total(rows: Columns, kind: str) -> Floats:
        found: Floats = np.sum([rows[f"{each}_{kind}"] for each in places], axis=0)
        return found

    return Measure(
        title,
        about,
        lambda rows: factor * total(rows, "right"),
        lambda rows: np.sum([total(rows, kind) for kind in below], axis=0),
    )


def _parameter_measures() -> dict[str, Measure]:
    """Precision, recall and F1 of parameters with their values, of all places and of each."""
    found: dict[str, Measure] = {}
    for place in ("all", *PLACES):
        where = "" if place == "all" else f" in the {place}"
        name = "Parameters" if place == "all" else place.capitalize()
        for kind, about, below in (
            ("precision", f"Of the values given{where}, the right ones.", ("given",)),
            ("recall", f"Of the values wanted{where}, those given.", ("wanted",)),
            ("f1", f"Values{where}: precision and recall in one.", ("given", "wanted")),
        ):
            title = f"{name} {'F1' if kind == 'f1' else kind}"
            found[f"{place}_{kind}"] = _of_parameters(title, about, place, below)
    return found


def _of_confidence(low: int) -> Measure:
    high = low + _CONFIDENCE_STEP

    def is_within(rows: Columns) -> Floats:
        confidence = 100 * rows["confidence"]
        within = (confidence >= low) & ((confidence < high) | (high == 100))
        found: Floats = (within & np.isfinite(rows["operation"])).astype(np.float64)
        return found

    return Measure(
        f"Operation at {low}-{high} %",
        f"Of the answers that were {low} to {high} % sure, those that call the wanted operation.",
        lambda rows: is_within(rows) * np.nan_to_num(rows["operation"]),
        is_within,
    )


_CONFIDENCE_STEP = 10
CALIBRATION = {f"confidence_{low}": low + _CONFIDENCE_STEP / 2 for low in range(0, 100, 10)}
"""Measures of the answers of one confidence, by the middle of it in percent."""

MEASURES: dict[str, Measure] = {
    **{name: _flag(name, *words) for name, words in _FLAGS.items()},
    **{name: _flag(name, *words) for name, words in _WHERE_ASKED.items()},
    **_parameter_measures(),
    "tokens": Measure(
        "Tokens",
        "Tokens that a model read and wrote, on average.",
        lambda rows: np.nan_to_num(rows["tokens"]),
        lambda rows: np.isfinite(rows["tokens"]).astype(np.float64),
        is_share=False,
    ),
    **{name: _of_confidence(int(middle) - 5) for name, middle in CALIBRATION.items()},
}
"""The measures by the name that files, rows and addresses use; latency comes beside them."""

LATENCIES = {"latency_p50": 0.5, "latency_p95": 0.95}
"""Seconds to the answer, as quantiles."""

WITHOUT_ANSWER = frozenset({"abstained", "latency_p50", "latency_p95"})
"""What can be said of questions that nothing answers."""


def title_of(name: str) -> str:
    """What people read for a measure."""
    if name in LATENCIES:
        return f"Latency {name.removeprefix('latency_')} (s)"
    return MEASURES[name].title


def measures(rows: Columns, clusters: NDArray[np.int64]) -> dict[str, Figure]:
    """All figures of some rows; a measure that speaks of none of them is left out."""
    below = [measure.below(rows) for measure in MEASURES.values()]
    above = [measure.above(rows) for measure in MEASURES.values()]
    found = ratios(np.stack(above, axis=1), np.stack(below, axis=1), clusters)
    figures = {
        name: Figure(
            float(found.value[column]),
            float(found.low[column]),
            float(found.high[column]),
            int(np.count_nonzero(below[column])),
        )
        for column, name in enumerate(MEASURES)
        if found.total[column] > 0
    }
    timed = rows["seconds"][np.isfinite(rows["seconds"])]
    for name, share in LATENCIES.items() if len(timed) else ():
        figures[name] = Figure(*quantile(timed, share), len(timed))
    return figures

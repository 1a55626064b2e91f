"""The rows behind a cell."""

from __future__ import annotations

from pipeline.evaluation.opened import COMPARISONS, FILTERS, Row, code_diff, one_of_each
from pipeline.evaluation.prediction import Prediction, Scored


def row(status: str, question: str = "q", language: str = "go", level: int = 1) -> Scored:
    prediction = Prediction(
        question, level, language, True, 0, "c", "a", "A", "words", status, given="b", wanted="a"
    )
    return Scored(prediction)


def test_comparisons_leave_nothing_out_and_overlap_nowhere() -> None:
    for mine in ("right", "illegal"):
        for other in ("right", "no answer"):
            pair = Row(row(mine), row(other))
            assert sum(keep(pair) for keep in COMPARISONS.values()) == 1
    assert COMPARISONS["only A wrong"](Row(row("illegal"), row("right")))
    assert COMPARISONS["only B wrong"](Row(row("right"), row("illegal")))


def test_silence_is_right_where_nothing_answers() -> None:
    assert Row(row("no answer", level=0)).is_right
    assert not Row(row("illegal", level=0)).is_right
    assert FILTERS["wrong"](Row(row("no answer")))


def test_of_each_question_the_wrong_language_is_shown() -> None:
    rows = [Row(row("right")), Row(row("illegal", language="c")), Row(row("right", "r"))]
    assert one_of_each(rows) == [rows[1], rows[2]]


def test_diff_goes_from_the_wanted_call_to_the_given_one() -> None:
    assert code_diff(row("illegal")).splitlines()[-2:] == ["-a", "+b"]

"""Figures from elsewhere are there, with their sources."""

from __future__ import annotations

from pipeline.evaluation.plan import LANGUAGES
from pipeline.evaluation.reference import references, references_of


def test_headline_of_the_paper_is_there_with_what_its_logs_say() -> None:
    (found,) = [
        each
        for each in references_of("table-3")
        if (each.model, each.template, each.level) == ("CodeLlama-13B", "three-shot", 3)
        and each.testing == "3-shot retrieved"
        and each.is_printed
    ]
    assert (found.intent, found.call) == (56.1, 49.5)
    assert "49.1" in found.note
    logged = [each for each in references_of("table-3") if not each.is_printed and each.level == 3]
    assert {each.model: each.call for each in logged if "3-shot" in each.testing}[
        "CodeLlama-13B"
    ] == 49.1


def test_every_row_says_where_it_is_from_and_can_be_shown() -> None:
    assert len(references()) > 300
    for each in references():
        assert each.source and each.level in (1, 2, 3) and each.language in LANGUAGES
        assert all(0 <= share <= 100 for share in (each.intent, each.call) if share is not None)


def test_figure_6_is_of_ten_languages() -> None:
    assert {each.language for each in references_of("figure-6")} == set(LANGUAGES)

"""What people see when something goes wrong, and what the log gets."""

from __future__ import annotations

import logging

import pytest

from pages.components import operation_list
from tests.pages.screen import errors_of, open_page, sample


def test_defect_is_told_in_words_and_logged_with_its_traceback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the flux capacitor")

    monkeypatch.setattr(operation_list, "search", broken)
    with caplog.at_level(logging.ERROR, "callwright"):
        screen = open_page("operations", document=sample("harbor-bookings"))
    assert not screen.exception
    sentence = errors_of(screen)[0]
    assert "flux" not in sentence
    mark = sentence.split("**")[1]
    record = next(record for record in caplog.records if mark in record.getMessage())
    assert record.exc_info and "flux capacitor" in str(record.exc_info[1])

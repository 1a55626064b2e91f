"""The page of long work, run without a browser."""

from __future__ import annotations

import time

import pytest

from core.jobs import control
from core.store.jobs import Job, find_job, list_jobs
from pages.components import job_view, resources
from tests.pages.screen import errors_of, open_page, words
from tests.pages.test_specs import press


def ended(number: int) -> Job:
    deadline = time.monotonic() + 40
    while not (job := find_job(resources.store(), number)).is_over:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return job


def test_job_that_is_done_says_what_came_of_it() -> None:
    job = control.start(resources.store(), "count", {"to": 3, "drop": [1]}, "Count <b>sheep</b>")
    ended(job.id)
    screen = open_page("jobs")
    assert not screen.exception
    assert "**Count <b>sheep</b>** :green-badge[done]" in words(screen)


def test_job_that_failed_says_why_and_can_be_tried_again() -> None:
    job = control.start(resources.store(), "count", {"to": "many"}, "Count in vain")
    ended(job.id)
    screen = open_page("jobs")
    assert any("many" in error for error in errors_of(screen))
    press(screen, "Retry")
    again = list_jobs(resources.store())[0]
    assert again.retry_of == job.id
    ended(again.id)


def test_running_job_is_cancelled_on_the_page() -> None:
    job = control.start(resources.store(), "count", {"to": 500, "seconds": 0.1}, "Count slowly")
    press(open_page("jobs"), "Cancel")
    assert ended(job.id).state == "cancelled"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (59, "59 s"), (61, "1 min 1 s"), (3600, "1 h 0 min"), (7500, "2 h 5 min")],
)
def test_durations_are_said_as_people_do(seconds: float, said: str) -> None:
    assert job_view.duration(seconds) == said

"""Real processes: they outlive whoever started them, stop when asked, and go on where they were."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import psutil
import pytest
from sqlalchemy import update

from core.errors import CallwrightError, UnknownNameError
from core.jobs import control
from core.store.database import Store, open_store
from core.store.jobs import Job, add_job, drop_reasons, events_of, find_job, list_jobs
from core.store.tables import jobs

PATIENCE = 40


def wait_for(store: Store, number: int, holds: Callable[[Job], bool]) -> Job:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        job = find_job(store, number)
        if holds(job):
            return job
        time.sleep(0.05)
    raise AssertionError(f"still {job} after {PATIENCE} s: {control.log_tail(store, number)}")


def is_gone(pid: int) -> bool:
    """Whether a process has ended, also where nobody has asked how."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def is_over(job: Job) -> bool:
    return job.is_over


def test_a_job_runs_in_a_process_of_its_own_and_leaves_its_result(store: Store) -> None:
    job = control.start(store, "count", {"to": 5, "drop": [3]}, "Count to five")
    done = wait_for(store, job.id, is_over)
    assert (done.state, done.result, done.done, done.total) == ("done", [0, 1, 2, 3, 4], 5, 5)
    assert done.pid != os.getpid() and done.title == "Count to five"
    assert drop_reasons(store, job.id) == {"asked to be left out": 1}
    texts = [event.text for event in events_of(store, job.id)]
    assert texts == ["asked for", "starting", "running", "done"]


def test_progress_shows_while_it_runs(store: Store) -> None:
    job = control.start(store, "count", {"to": 200, "seconds": 0.05})
    seen = wait_for(store, job.id, lambda job: 0 < job.done < 200 and job.rate is not None)
    assert seen.total == 200 and seen.message.startswith("at ")
    assert 1 < (seen.rate or 0) < 25 and (seen.seconds_left or 0) > 1
    assert psutil.Process(seen.pid).nice() > psutil.Process().nice(), "pages come first"
    control.cancel(store, job.id)


def test_cancel_takes_seconds_and_keeps_what_is_done(store: Store) -> None:
    job = control.start(store, "count", {"to": 10_000, "seconds": 0.05})
    wait_for(store, job.id, lambda job: job.done > 2)
    began = time.monotonic()
    control.cancel(store, job.id)
    over = wait_for(store, job.id, is_over)
    assert time.monotonic() - began < 5
    assert over.state == "cancelled" and len(over.checkpoint) > 2


def test_a_stuck_job_is_cancelled_all_the_same(store: Store) -> None:
    job = control.start(store, "count", {"to": 2, "seconds": 60})
    running = wait_for(store, job.id, lambda job: job.pid is not None)
    assert running.pid
    os.kill(running.pid, signal.SIGSTOP)
    control.cancel(store, job.id)
    assert wait_for(store, job.id, is_over).state == "cancelled"
    assert is_gone(running.pid)


def test_a_queued_job_is_cancelled_before_it_begins(store: Store) -> None:
    job = add_job(store, "count", "", {"to": 1})
    assert control.cancel(store, job.id).state == "cancelled"


@pytest.mark.parametrize("seed", range(3))
def test_kill_9_at_any_moment_loses_and_doubles_nothing(store: Store, seed: int) -> None:
    draw = random.Random(seed)
    job = control.start(store, "count", {"to": 60, "seconds": 0.02})
    for _ in range(2):
        running = wait_for(store, job.id, lambda job: job.pid is not None or job.is_over)
        time.sleep(draw.uniform(0, 0.5))
        if running.pid and not is_gone(running.pid):
            os.kill(running.pid, signal.SIGKILL)
            deadline = time.monotonic() + PATIENCE
            while not is_gone(running.pid) and time.monotonic() < deadline:
                time.sleep(0.02)
        control.advance(store)
    over = wait_for(store, job.id, is_over)
    assert over.state == "done" and over.result == list(range(60))


def test_what_fails_again_and_again_is_left_interrupted_and_can_be_resumed(store: Store) -> None:
    job = control.start(store, "count", {"to": 40, "seconds": 0.02})
    running = wait_for(store, job.id, lambda job: job.pid is not None)
    store.write(update(jobs).where(jobs.c.id == job.id).values(attempt=control.MAX_ATTEMPTS))
    assert running.pid
    os.kill(running.pid, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while find_job(store, job.id).is_alive and time.monotonic() < deadline:
        control.reap(store)
        time.sleep(0.05)
    assert find_job(store, job.id).state == "interrupted"
    control.resume(store, job.id)
    assert wait_for(store, job.id, is_over).result == list(range(40))


def test_a_job_outlives_the_process_that_asked_for_it(store: Store) -> None:
    code = (
        "from core.jobs import control\n"
        "from core.settings import Settings\n"
        "from core.store.database import open_store\n"
        "job = control.start(open_store(Settings.from_environment()), 'count', "
        "{'to': 30, 'seconds': 0.05})\n"
        "print(job.id, flush=True)\n"
        "import time; time.sleep(60)\n"
    )
    environment = {
        **os.environ,
        "CALLWRIGHT_WORKSPACE": str(store.workspace),
        "CALLWRIGHT_DATABASE": store.settings.database,
    }
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert parent.stdout is not None
    number = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert wait_for(store, number, is_over).result == list(range(30))


def test_a_process_number_that_was_used_again_is_no_sign_of_life(store: Store) -> None:
    job = add_job(store, "count", "", {"to": 3})
    recycled = {"state": "running", "pid": os.getpid(), "pid_started_at": 1.0, "attempt": 1}
    here = {"host": control.platform.node(), "heartbeat_at": time.time()}
    store.write(update(jobs).where(jobs.c.id == job.id).values(**recycled, **here))
    control.advance(store)
    assert wait_for(store, job.id, is_over).result == [0, 1, 2]


def test_one_heavy_job_at_a_time_in_the_order_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add_job(store, "count", "first", {"to": 20, "seconds": 0.02})
    second = add_job(store, "count", "second", {"to": 1})
    control.advance(store)
    assert find_job(store, first.id).is_alive
    assert find_job(store, second.id).state == "queued"
    later = wait_for(store, second.id, is_over)  # the first one's end starts it
    assert (find_job(store, first.id).finished_at or 0) <= (later.started_at or 0)


def test_two_who_start_at_once_start_it_once(store: Store) -> None:
    job = add_job(store, "count", "", {"to": 3})
    others = [open_store(store.settings) for _ in range(4)]
    threads = [threading.Thread(target=control.advance, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    over = wait_for(store, job.id, is_over)
    for other in others:
        other.close()
    assert over.attempt == 1 and over.result == [0, 1, 2]


def test_a_failure_is_told_in_words_and_logged_whole(store: Store) -> None:
    job = control.start(store, "count", {"to": "many"})
    over = wait_for(store, job.id, is_over)
    assert over.state == "failed" and "many" in over.error
    assert "Traceback" in control.log_tail(store, job.id)


def test_retry_is_a_new_job_that_knows_the_old_one(store: Store) -> None:
    old = control.start(store, "count", {"to": 2})
    wait_for(store, old.id, is_over)
    new = control.retry(store, old.id)
    assert new.retry_of == old.id and wait_for(store, new.id, is_over).result == [0, 1]
    assert [job.id for job in list_jobs(store)] == [new.id, old.id]


def test_what_cannot_be_done_is_said(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="count"):
        control.start(store, "cuont", {})
    job = control.start(store, "count", {"to": 1})
    wait_for(store, job.id, is_over)
    with pytest.raises(CallwrightError, match="Retry"):
        control.resume(store, job.id)

"""The process of one job: ``python -m core.jobs.worker NUMBER``; started by the control.

It parts from whoever started it before it does anything else, so that it outlives a page, a server
or a terminal, and leaves no zombie behind.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from types import FrameType

_NICE = 5
"""Pages come first: where processors are short, a job takes what they leave (nice(2))."""


def main(number: int) -> None:
    """Parts from the parent, then runs the job."""
    if os.fork():
        os._exit(0)  # the parent waits for this one only; init takes care of the other
    os.setsid()
    os.nice(_NICE)
    _run(number)


def _run(number: int) -> None:
    # Imported after the fork, so that the parent waits for the interpreter alone.
    from core.jobs import control
    from core.jobs.context import Cancelled, JobContext
    from core.jobs.kinds import job_kind
    from core.settings import Settings
    from core.store.database import open_store
    from core.store.jobs import find_job
    from core.store.preferences import with_preferences

    store = with_preferences(open_store(Settings.from_environment()))
    if not control.take(store, number):
        return  # somebody else runs it, or it was cancelled meanwhile
    signal.signal(signal.SIGTERM, _cancel)
    context = JobContext(store, find_job(store, number))
    try:
        with context:
            result = job_kind(context.job.kind).load()(context.job.arguments, context)
    except Cancelled:
        _ignore_signals()
        control.finish(store, number, "cancelled")
    except Exception as error:  # the boundary of a job: its row says why, the log where
        traceback.print_exc()
        control.finish(store, number, "failed", error=_in_words(error))
    else:
        _ignore_signals()
        control.finish(store, number, "done", result=result)
    control.advance(store)


def _cancel(_signal: int, _frame: FrameType | None) -> None:
    from core.jobs.context import Cancelled

    _ignore_signals()  # once is enough
    raise Cancelled


def _ignore_signals() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _in_words(error: Exception) -> str:
    from core.errors import CallwrightError

    if isinstance(error, CallwrightError):
        return str(error)
    return (
        f"Something went wrong that should not have ({type(error).__name__}: {error}). "
        "What was done stays done. The log has the details; resume the job to try again."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))

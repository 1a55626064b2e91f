"""The job that works on a catalogue now."""

from __future__ import annotations

from core.store.jobs import UNFINISHED, Job, list_jobs
from pages.components import resources


def going_on(kind: str, name: str) -> Job | None:
    """The job of that kind on that catalogue which is not over, if there is one."""
    return next(
        (
            job
            for job in list_jobs(resources.store(), UNFINISHED)
            if job.kind == kind and job.arguments.get("catalogue") == name
        ),
        None,
    )

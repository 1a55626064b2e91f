"""Validation as a job: what the OpenAPI Specification says against documents."""

from __future__ import annotations

from collections import Counter
from typing import Any

from core.errors import CallwrightError
from core.jobs.context import JobContext
from core.openapi.validation import validate as validate_document
from core.store.documents import find_document
from core.store.originals import load_document
from core.store.validations import save_validation, unvalidated, validation_of


def validate(arguments: dict[str, Any], context: JobContext) -> Any:
    """Validate ``documents``, or every one that has no report yet; the outcomes, counted."""
    chosen: list[str] = (
        context.checkpoint or arguments.get("documents") or unvalidated(context.store)
    )
    context.save(chosen)  # what "every one" means stays the same when it goes on
    outcomes: Counter[str] = Counter()
    for done, sha256 in enumerate(chosen):
        report = validation_of(context.store, sha256)
        if report is None:
            context.progress(done, len(chosen), find_document(context.store, sha256).title)
            try:
                document = load_document(context.store, sha256)
            except CallwrightError as error:
                context.drop("validate", sha256, str(error))
                continue
            report = validate_document(document.root)
            save_validation(context.store, sha256, report)
        outcomes[report.outcome] += 1
    context.progress(len(chosen), len(chosen))
    return dict(outcomes)

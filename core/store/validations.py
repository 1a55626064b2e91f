"""What the OpenAPI Specification says against documents: reports, made once per content."""

from __future__ import annotations

import time
from dataclasses import asdict

from sqlalchemy import select

from core.openapi.validation import Finding, Outcome, ValidationReport
from core.store.database import Store, insert_new
from core.store.documents import LIVE
from core.store.tables import documents, validations
from core.store.text import storable

_LONGEST = 2_000


def save_validation(store: Store, document: str, report: ValidationReport) -> None:
    """Keep the report of a document; a later one takes the place of an earlier one."""
    findings = tuple(
        Finding(storable(finding.message, _LONGEST), storable(finding.pointer, _LONGEST))
        for finding in report.findings
    )
    row = {
        "document": document,
        "report": asdict(report) | {"findings": [asdict(finding) for finding in findings]},
        "checked_at": time.time(),
    }
    with store.writing() as connection:
        connection.execute(validations.delete().where(validations.c.document == document))
        insert_new(connection, validations, [row])


def validation_of(store: Store, document: str) -> ValidationReport | None:
    """The report of a document; ``None`` until it is validated."""
    with store.reading() as connection:
        found = connection.scalar(
            select(validations.c.report).where(validations.c.document == document)
        )
    if found is None:
        return None
    return ValidationReport(
        **found | {"findings": tuple(Finding(**finding) for finding in found["findings"])}
    )


def validation_outcomes(store: Store) -> dict[str, Outcome]:
    """The outcome of every report, by document."""
    found = select(validations.c.document, validations.c.report["outcome"].as_string())
    with store.reading() as connection:
        return dict(connection.execute(found).all())


def unvalidated(store: Store) -> list[str]:
    """Live documents without a report, small ones first."""
    found = (
        select(documents.c.sha256)
        .outerjoin(validations, validations.c.document == documents.c.sha256)
        .where(LIVE, validations.c.document.is_(None))
        .order_by(documents.c.num_bytes, documents.c.sha256)
    )
    with store.reading() as connection:
        return list(connection.scalars(found))

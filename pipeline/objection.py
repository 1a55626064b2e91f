"""What a document has against a call for one of its operations; empty where nothing.

>>> objection(request, operation)
'The query parameter “limit” is “many”, not a number.'
"""

from __future__ import annotations

from core.check import check_operation
from core.openapi.operation import Operation
from core.request import Request
from core.route import match


def objection(request: Request, operation: Operation) -> str:
    """Why a request is no legal call of this very operation.

    Operations that share a URL and a method are each asked for themselves.
    """
    found = match(request, operation.document)
    for fits in (found, *found.others):
        called = fits.operation
        if called is None or called.pointer != operation.pointer:
            continue
        if fits.outcome == "wrong server":
            return f"{request.host} is not a server of this API."
        if fits.outcome == "matched":
            findings = check_operation(request, fits)
            return next((each.message for each in findings if each.severity == "illegal"), "")
    label = found.operation.label if found.operation and found.outcome == "matched" else "nothing"
    return f"It calls {label}, not {operation.label}."

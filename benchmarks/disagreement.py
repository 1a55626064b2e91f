"""Calls of which Prism and our verdict do not say the same, and what is known to explain it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.prism import NO_PATH, Ruling
from core import wire
from core.placeholder import find_placeholders
from core.request import JsonBody, Request, canonical_json
from core.verdict import Kind, Verdict


@dataclass(frozen=True)
class Case:
    """One call, and what both say of it."""

    label: str
    mistake: str
    request: Request
    verdict: Verdict
    ruling: Ruling

    @property
    def agreed(self) -> bool:
        return self.verdict.is_legal == self.ruling.accepts

    def __str__(self) -> str:
        ours = [f"{each.kind}: {each.message}" for each in self.verdict.findings]
        return (
            f"{self.label}, planted {self.mistake}\n  {self.request}\n"
            f"  ours: {self.verdict.status} {ours}\n  Prism: {list(self.ruling.reasons)}"
        )


def explained(cases: list[Case]) -> tuple[list[tuple[int, str, str]], list[Case]]:
    """Disagreements by the known difference that explains them, and those that none does."""
    groups: dict[str, list[Case]] = {}
    unexplained = []
    for case in cases:
        reason = next((name for name, explains in DIFFERENCES.items() if explains(case)), None)
        if reason is None:
            unexplained.append(case)
        else:
            groups.setdefault(reason, []).append(case)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [(len(group), name, group[0].label) for name, group in ordered], unexplained


def _is_about(case: Case, *kinds: Kind) -> bool:
    """Whether only we refuse the call, and all that we have against it is of these kinds."""
    found = {each.kind for each in case.verdict.findings if each.severity == "illegal"}
    return case.ruling.accepts and found <= set(kinds)


def _is_of_dialect(case: Case) -> bool:
    document = case.verdict.operation and case.verdict.operation.document
    kinds = (Kind.BODY_AGAINST_SCHEMA, Kind.WRONG_TYPE, Kind.UNKNOWN_PARAMETER)
    return bool(document and "jsonSchemaDialect" in document.root) and _is_about(case, *kinds)


def _is_form_of_swagger(case: Case) -> bool:
    """2.0 has required members of forms, and no required form."""
    document = case.verdict.operation and case.verdict.operation.document
    kinds = (Kind.MISSING_BODY, Kind.UNKNOWN_PARAMETER)
    return bool(document and document.is_swagger) and _is_about(case, *kinds)


def _has_fragment(case: Case) -> bool:
    assert case.verdict.operation is not None
    return "#" in case.verdict.operation.path and case.ruling.reasons == (NO_PATH,)


def _has_twins(case: Case) -> bool:
    """Prism compares the names of query parameters as it compares those of headers."""
    assert case.verdict.operation is not None
    names = {p.name for p in case.verdict.operation.parameters if p.place == "query"}
    return case.ruling.accepts and len({name.lower() for name in names}) < len(names)


def _is_placeholder(case: Case) -> bool:
    return case.verdict.is_legal and all(
        find_placeholders(_text_at(case.request, reason.partition(":")[0]))
        for reason in case.ruling.reasons
    )


def _has_brackets(case: Case) -> bool:
    """Prism compares the names of query parameters as they are on the wire: ``filter%5bid%5d``."""
    if not case.ruling.accepts:
        return case.verdict.is_legal and all(
            reason.startswith("query") and "%5b" in reason for reason in case.ruling.reasons
        )
    against = [each for each in case.verdict.findings if each.severity == "illegal"]
    return all(each.place.startswith("query ") and "[" in each.place for each in against)


def _is_split_at_spaces(case: Case) -> bool:
    assert case.verdict.operation is not None
    spaced = {p.name for p in case.verdict.operation.parameters if p.style == "spaceDelimited"}
    return case.verdict.is_legal and all(
        reason.startswith("query.") and reason.split(".")[1] in spaced
        for reason in case.ruling.reasons
    )


def _text_at(request: Request, place: str) -> str:
    """What stands where Prism points: ``body.owner.name``, ``query.limit``; credentials nowhere."""
    where, *steps = place.split(".")
    name = steps[0].lower() if steps else ""
    if where == "body":
        return _member(request, steps)
    if where == "path":
        return request.path
    if where == "query":
        return " ".join([v or "" for k, v in request.query if wire.decode(k).lower() == name])
    return " ".join([text for key, text in request.headers if name in ("", key.lower())])


def _member(request: Request, steps: list[str]) -> str:
    """The JSON text of a member of the body, however deep; a form's pairs are not told apart."""
    if not isinstance(request.body, JsonBody):
        return str(request.body)
    value = request.body.value
    for step in steps:
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
    return canonical_json(value)


DIFFERENCES: dict[str, Callable[[Case], bool]] = {
    "Prism lets query parameters pass that the document does not have": lambda case: _is_about(
        case, Kind.UNKNOWN_PARAMETER
    ),
    "Prism checks no schema where the document names OpenAPI's dialect": _is_of_dialect,
    "Prism wants no form where 2.0 requires a member of it": _is_form_of_swagger,
    "Prism does not find paths that end in a fragment (all of AWS)": _has_fragment,
    "a placeholder stands in for a value of another kind": _is_placeholder,
    "Prism takes parameters for one whose names differ in case": _has_twins,
    "Prism does not split lists at spaces": _is_split_at_spaces,
    "Prism does not know names in brackets again": _has_brackets,
}
"""What explains a disagreement, by reading them."""

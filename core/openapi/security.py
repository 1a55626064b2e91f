"""Security requirements with their AND, OR and optional meaning (Security Requirement Object)."""

from __future__ import annotations

from core.openapi.document import Document
from core.openapi.operation import Alternative, SecurityScheme
from core.openapi.reference import pointer
from core.openapi.shape import resolved
from core.request import Json


def alternatives(
    document: Document, declared: Json, warnings: list[str]
) -> tuple[Alternative, ...]:
    """What ``security`` means: any one of the alternatives, each with all of its schemes.

    A requirement that names an unknown scheme keeps its other schemes and adds a warning.
    """
    found: list[Alternative] = []
    for requirement in declared if isinstance(declared, list) else ():
        if not isinstance(requirement, dict):
            continue
        schemes = []
        for name, scopes in requirement.items():
            scheme = security_scheme(document, name, scopes)
            if scheme is None:
                warnings.append(
                    f"Its security names “{name}”, which the document does not describe; left out."
                )
            else:
                schemes.append(scheme)
        if schemes or not requirement:
            found.append(tuple(schemes))
    return tuple(found)


def security_scheme(document: Document, name: str, scopes: Json = ()) -> SecurityScheme | None:
    """The scheme of that name, or ``None``."""
    if document.is_swagger:
        steps: tuple[str, ...] = ("securityDefinitions",)
    else:
        steps = ("components", "securitySchemes")
    value = document.root
    for step in (*steps, name):
        value = resolved(value.get(step), document)
    if not value:
        return None
    kind = str(value.get("type", ""))
    scheme = str(value.get("scheme", "")).lower()
    if kind.lower() == "basic":  # 2.0
        kind, scheme = "http", "basic"
    return SecurityScheme(
        name=name,
        kind=kind,
        pointer=pointer(*steps, name),
        scheme=scheme,
        place=str(value.get("in", "")).lower(),
        parameter=str(value.get("name", "")),
        scopes=tuple(str(scope) for scope in scopes) if isinstance(scopes, list | tuple) else (),
        description=str(value.get("description") or ""),
    )

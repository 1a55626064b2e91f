"""Credentials that stay in the environment of whoever runs the code: only their names are shown.

>>> NamedCredentials(values, {"harborAuth": "HARBOR_TOKEN"}).credential(scheme)
'REPLACE_HARBOR_TOKEN'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import CallwrightError
from core.openapi.operation import MediaType, Parameter, SecurityScheme
from core.openapi.sample import Sample
from core.placeholder import placeholder
from core.values import Values
from core.wire import shorten

_LONGEST = 100
_is_name = re.compile(r"[A-Za-z_][A-Za-z0-9_]*").fullmatch
_not_in_a_name = re.compile(r"[^A-Z0-9]+")
_word_begins = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class NamedCredentials:
    """Another policy's values, but credentials by the variables that people named for them."""

    values: Values
    names: Mapping[str, str]
    """The variable by the name of the security scheme."""

    def parameter(self, parameter: Parameter) -> Sample:
        """The other policy's value."""
        return self.values.parameter(parameter)

    def body(self, media_type: MediaType, *, required_only: bool) -> Sample:
        """The other policy's value."""
        return self.values.body(media_type, required_only=required_only)

    def credential(self, scheme: SecurityScheme) -> str:
        """``REPLACE_<name of the variable>``, or the other policy's where none is named."""
        name = self.names.get(scheme.name)
        return placeholder(name) if name else self.values.credential(scheme)


def check_name(name: str) -> str:
    """The name of a variable as it was given. Raises ``CallwrightError`` for what is none.

    POSIX.1-2017, section 8.1: letters, digits and underscores, no digit first.
    """
    if _is_name(name) and len(name) <= _LONGEST:
        return name
    raise CallwrightError(
        f"{shorten(name)} cannot be the name of an environment variable. Use letters, digits and "
        "underscores, such as API_TOKEN; the secret itself is not wanted here."
    )


def usual_name(scheme: str) -> str:
    """A name for the variable of a security scheme: ``harborAuth`` → ``HARBOR_AUTH``."""
    words = _word_begins.sub("_", scheme[:_LONGEST]).upper()
    return _not_in_a_name.sub("_", words).strip("_") or "API_TOKEN"

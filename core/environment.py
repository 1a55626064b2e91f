"""Credentials that stay in the environment of whoever runs the code: only their names are known.

>>> NamedCredentials(values, {"harborAuth": "HARBOR_TOKEN"}).credential(scheme)
'REPLACE_HARBOR_TOKEN'
>>> read_environment('headers={"Authorization": "Bearer REPLACE_HARBOR_TOKEN"}',
...                  "python-requests", ["HARBOR_TOKEN"])
'import os\\nheaders={"Authorization": "Bearer " + os.environ["HARBOR_TOKEN"]}'

The request holds a placeholder, like that of any other value which only the caller knows; where a
language can read its environment, the code then does so in the placeholder's stead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
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
_literal = r'"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'"


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


@dataclass(frozen=True, slots=True)
class _Language:
    """How code asks for a variable, and puts a text together with it."""

    expression: str
    plus: str = " + "
    beginning: tuple[str, str] = ("", "")
    """A line that must be there, and what it stands before."""

    def read(self, code: str, names: Iterable[str]) -> str:
        wanted = {placeholder(name): self.expression.format(name) for name in names}
        found = re.sub(_literal, lambda literal: self._joined(literal[0], wanted), code)
        line, before = self.beginning
        return found if found == code else found.replace(before, line + before, 1)

    def _joined(self, literal: str, wanted: Mapping[str, str]) -> str:
        """``"Bearer REPLACE_X"`` → ``"Bearer " + …``."""
        quote = literal[0]
        pieces = _placeholders(wanted).split(literal[1:-1])
        return self.plus.join(
            wanted[piece] if at % 2 else f"{quote}{piece}{quote}"
            for at, piece in enumerate(pieces)
            if piece or len(pieces) == 1
        )


def _read_in_shell(code: str, names: Iterable[str]) -> str:
    """The same for words of the shell: ``'Bearer REPLACE_X'`` → ``'Bearer '"$X"``."""
    wanted = {placeholder(name): f'"${name}"' for name in names}
    find = _placeholders(wanted)

    def word(found: re.Match[str]) -> str:
        text = found[0]
        if text.startswith("'") and find.search(text):
            pieces = enumerate(find.split(text[1:-1]))
            return "".join(wanted[one] if at % 2 else f"'{one}'" for at, one in pieces if one)
        return wanted.get(text, text)

    return re.sub(rf"\\.|'[^']*'|{find.pattern}", word, code)


def _placeholders(wanted: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(wanted, key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, longest_first))})(?![A-Za-z0-9_])")


_JAVA = _Language('System.getenv("{}")')
_NODE = _Language("process.env.{}")
_PYTHON = _Language('os.environ["{}"]', beginning=("import os\n", ""))
_SWIFT = _Language('ProcessInfo.processInfo.environment["{}"]!')
_READERS: dict[str, Callable[[str, Iterable[str]], str]] = {
    "curl": _read_in_shell,
    "go-nethttp": _Language('os.Getenv("{}")', beginning=('\t"os"\n', '\t"net/http"\n')).read,
    "java-httpclient": _JAVA.read,
    "java-okhttp": _JAVA.read,
    "node-fetch": _NODE.read,
    "node-request": _NODE.read,
    "php-curl": _Language('getenv("{}")', plus=" . ").read,
    "python-http-client": _PYTHON.read,
    "python-requests": _PYTHON.read,
    "ruby-nethttp": _Language('ENV.fetch("{}")').read,
    "swift-nsurlsession": _SWIFT.read,
    "swift-urlsession": _SWIFT.read,
}
"""By client; browsers have no environment, and C no short way to put texts together."""


def read_environment(code: str, client: str, names: Iterable[str]) -> str:
    """A client's code with the placeholders of these variables read from the environment.

    Where the client cannot, they stay placeholders.
    """
    wanted = list(dict.fromkeys(names))
    read = _READERS.get(client)
    return read(code, wanted) if read and wanted else code


def is_name(name: str) -> bool:
    """Whether a variable may be called that."""
    return bool(_is_name(name)) and len(name) <= _LONGEST


def check_name(name: str) -> str:
    """The name of a variable as it was given. Raises ``CallwrightError`` for what is none.

    POSIX.1-2017, section 8.1: letters, digits and underscores, no digit first.
    """
    if is_name(name):
        return name
    raise CallwrightError(
        f"{shorten(name)} cannot be the name of an environment variable. Use letters, digits and "
        "underscores, such as API_TOKEN; the secret itself is not wanted here."
    )


def usual_name(scheme: str) -> str:
    """A name for the variable of a security scheme: ``harborAuth`` → ``HARBOR_AUTH``."""
    words = _word_begins.sub("_", scheme[:_LONGEST]).upper()
    return _not_in_a_name.sub("_", words).strip("_") or "API_TOKEN"

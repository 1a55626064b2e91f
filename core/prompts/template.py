"""One prompt: a text with named places to fill.

>>> template = parse_template("greet", "{# name #}\\nSay hello to {{ name }}.")
>>> template.fill(name="Rex")
'Say hello to Rex.'

What fills a place is data: nothing in it is looked at, so a description cannot become an
instruction to the template. Templates may be written by people, so they run in Jinja's sandbox.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, meta
from jinja2 import Template as JinjaTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.errors import PromptError

_HEAD = re.compile(r"\{#\s*([a-z_]+(?:,\s*[a-z_]+)*)\s*#\}\r?\n")
_JINJA = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
)

_MISTAKES = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError)
"""What expressions in a template raise when they are wrong, beside Jinja's own."""


@dataclass(frozen=True)
class Template:
    """A prompt that is known to be well-formed."""

    name: str
    text: str
    """All of the file."""
    placeholders: frozenset[str]
    _compiled: JinjaTemplate = field(repr=False, compare=False)

    @property
    def version(self) -> str:
        """The same for the same text: twelve letters of its SHA-256."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    def fill(self, **values: Any) -> str:
        """The text with its places filled. Raises ``PromptError`` unless exactly those are given
        that it has.
        """
        if values.keys() != self.placeholders:
            wrong = ", ".join(sorted(values.keys() ^ self.placeholders))
            raise PromptError(f"The prompt “{self.name}” is filled with other places: {wrong}.")
        try:
            return self._compiled.render(**values)
        except _MISTAKES as error:
            raise PromptError(f"The prompt “{self.name}” cannot be filled: {error}") from error


def read_template(name: str, path: Path, *, wanted: frozenset[str] | None = None) -> Template:
    """The template in a file. Raises ``PromptError``."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"The prompt {path} cannot be read: {error}") from error
    return parse_template(name, text, wanted=wanted)


def parse_template(name: str, text: str, *, wanted: frozenset[str] | None = None) -> Template:
    """The template that a text is. Raises ``PromptError`` where it uses a place that its first
    line does not name, or that line does not name those that are ``wanted``.
    """
    head = _HEAD.match(text)
    if head is None:
        raise PromptError(
            f"The prompt “{name}” does not begin with a line that names its places, such as "
            "{# api_name, description #}."
        )
    named = frozenset(re.split(r",\s*", head[1]))
    body = text[head.end() :]
    try:
        used = frozenset(meta.find_undeclared_variables(_JINJA.parse(body)))
        compiled = _JINJA.from_string(body)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f", line {line + 1}" if line else ""
        raise PromptError(f"The prompt “{name}”{where}: {error}") from error
    if unknown := used - named:
        raise PromptError(
            f"The prompt “{name}” uses {', '.join(sorted(unknown))}, which its first line does not "
            "name."
        )
    if wanted is not None and wanted != named:
        raise PromptError(
            f"The prompt “{name}” is given {', '.join(sorted(wanted))}. Its first line has to name "
            "exactly these; the text need not use all of them."
        )
    return Template(name, text, named, compiled)

"""Text as a literal: one escaper per literal syntax, shared by the clients that write it.

Every escaper takes any text that a Request may hold and returns a whole literal, quotes included,
which the language reads back as the very same text and in which nothing is interpolated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from json.encoder import encode_basestring

_is_plain_shell_word = re.compile(r"(?!=)[A-Za-z0-9\-_/.@%^=:]+").fullmatch
_special_in_c = re.compile(r'[\x00-\x1f\\"]|(?<=\?)\?')
_expands_in_ruby = re.compile(r"#(?=[{$@])")
_json_escape = re.compile(r"\\(?:u(....)|.)")
_C_ESCAPES = {chr(code): f"\\{code:03o}" for code in range(32)} | {
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    '"': r"\"",
    "\\": r"\\",
    "?": r"\?",
}


double_quoted: Callable[[str], str] = encode_basestring
r"""``"…"`` as JavaScript, Java, Go and Python read it: ``\"``, ``\n``, ``\u001f``, rest raw.

The very function of the standard library: a wrapper would double the time of a large body.
"""


def c_quoted(text: str) -> str:
    r"""``"…"`` as C reads it: control characters in octal, ``?\?`` so that no trigraph begins."""
    literal = double_quoted(text)
    if "\\u00" in literal or "??" in literal:
        escaped = _special_in_c.sub(lambda match: _C_ESCAPES[match.group()], text)
        return f'"{escaped}"'
    return literal


def shell_word(text: str) -> str:
    """A POSIX shell word: bare where nothing in it is special, else in single quotes."""
    if _is_plain_shell_word(text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"


def curl_form_word(text: str) -> str:
    """``"…"`` within a ``--form`` of curl, where ``;`` and ``,`` would end a bare word."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def single_quoted(text: str) -> str:
    r"""``'…'`` as JavaScript and Python read it, with the escapes of :func:`double_quoted`."""
    if text.isprintable() and "'" not in text and "\\" not in text:
        return f"'{text}'"
    inner = encode_basestring(text)[1:-1]
    return "'" + inner.replace('\\"', '"').replace("'", "\\'") + "'"


def ruby_single_quoted(text: str) -> str:
    r"""``'…'`` as Ruby reads it, where only ``\'`` and ``\\`` are escapes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def as_go(literal: str) -> str:
    r"""A :func:`double_quoted` literal as Go reads it, which wants ``\ufeff`` escaped."""
    return literal.replace("\ufeff", "\\ufeff")


def as_php(literal: str) -> str:
    r"""A :func:`double_quoted` literal as PHP reads it: nothing expands; ``\u{1f}``, no ``\b``."""
    literal = literal.replace("$", "\\$")
    if "\\u" in literal or "\\b" in literal:
        return _json_escape.sub(_braced_escape, literal)
    return literal


def as_ruby(literal: str) -> str:
    r"""A :func:`double_quoted` literal as Ruby reads it: no ``#{…}``, ``#$x``, ``#@x`` expands."""
    return _expands_in_ruby.sub(r"\\#", literal) if "#" in literal else literal


def as_swift(literal: str) -> str:
    r"""A :func:`double_quoted` literal as Swift reads it: ``\u{1f}``, no ``\b``, no bare DEL.

    Some editors take ``/*`` inside a literal for a comment, so its star is escaped; ``*/*`` alone,
    which every ``Accept`` may say, does them no harm.
    """
    if not needs_as_swift(literal):
        return literal
    escaped = _json_escape.sub(_braced_escape, literal).replace("\x7f", "\\u{7f}")
    return escaped if literal == '"*/*"' else escaped.replace("/*", "/\\u{2a}")


def needs_as_swift(text: str) -> bool:
    """Whether :func:`as_swift` may change this literal, or literals of the texts in this JSON."""
    has_escape = "\\" in text and ("\\u" in text or "\\b" in text or "\\f" in text)
    return has_escape or "\x7f" in text or "/*" in text


def _braced_escape(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\u{{{match[1]}}}"
    return {"\\b": "\\u{8}", "\\f": "\\u{c}"}.get(match[0], match[0])

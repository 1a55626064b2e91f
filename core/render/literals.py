"""Text as a literal: one escaper per literal syntax, shared by the clients that write it.

Every escaper takes any text that a Request may hold and returns a whole literal, quotes included,
which the language reads back as the very same text and in which nothing is interpolated.
"""

from __future__ import annotations

import re
from json.encoder import encode_basestring
from typing import cast

_is_plain_shell_word = re.compile(r"[A-Za-z0-9\-_/.@%^=:]+").fullmatch
_control = re.compile(r"[\x00-\x1f\x7f]")


def double_quoted(text: str) -> str:
    r"""``"…"`` as JavaScript, Java, Go and Python read it: ``\"``, ``\\``, ``\n``, ``\u001f``; the rest raw."""
    return cast(str, encode_basestring(text))


def shell_word(text: str) -> str:
    """A POSIX shell word: bare where nothing in it is special, else in single quotes."""
    if _is_plain_shell_word(text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"

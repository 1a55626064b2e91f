"""Texts of strangers, made safe to show: nothing in a document becomes a link, HTML or a picture.

>>> escape("**Free** <b>pets</b> :material/delete:")
'\\\\*\\\\*Free\\\\*\\\\* \\\\<b\\\\>pets\\\\</b\\\\> \\\\:material/delete\\\\:'
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from core.openapi.operation import Operation
from core.store.documents import StoredDocument
from core.store.operations import StoredOperation

_METHOD_COLORS = {
    "GET": "blue",
    "POST": "green",
    "PUT": "orange",
    "PATCH": "violet",
    "DELETE": "red",
}
_markup = re.compile(r"(?<![^\W_])[_.\-]|[_.\-](?![^\W_])|[\\`*{}\[\]()<>#+!|~$:&\"'@^=/]")
"""What Markdown may read as markup; inside a word ``_``, ``.`` and ``-`` are letters."""

_address = re.compile(r"(?i)(?<=www)(?=\.)|(?<=:)(?=//)|(?=@)")
_WORD_JOINER = "\u2060"
"""Invisible; Streamlit makes links of addresses even where every character is escaped."""

_turns_text = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that nobody sees, and that change the direction of what follows (UAX #9)."""

_marks = re.compile(r"[*`#]+")
_link = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_sentence_end = re.compile(r"(?<=[.!?]) ")
_backticks = re.compile(r"`+")


def plain(words: str, *, limit: int = 300) -> str:
    """One line of a text: no control or direction characters, cut at ``limit`` characters."""
    line = " ".join(words[: 4 * limit].split())
    line = "".join(
        character for character in line if unicodedata.category(character) not in ("Cc", "Cf")
    )
    return line if len(line) <= limit else _cut(line, limit) + "…"


def _cut(line: str, limit: int) -> str:
    """The beginning of a line, up to the end of a word where one is near."""
    start = line[: limit - 1]
    words, space, rest = start.rpartition(" ")
    return words if space and len(rest) < 20 else start


def first_sentence(words: str) -> str:
    """What a Markdown text says first, its marks gone."""
    line = _marks.sub("", _link.sub(r"\1", plain(words)))
    return _sentence_end.split(line, maxsplit=1)[0]


def escape(words: str, *, limit: int = 300) -> str:
    """A text as Markdown that shows it letter by letter, on one line, and links nothing."""
    line = _address.sub(_WORD_JOINER, plain(words, limit=limit))
    return _markup.sub(lambda found: "\\" + found[0], line)


def code(words: str, *, limit: int = 300) -> str:
    """A text as a Markdown code span, whatever backticks it holds."""
    line = plain(words, limit=limit) or " "
    fence = "`" * (1 + max(map(len, _backticks.findall(line)), default=0))
    room = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{room}{line}{room}{fence}"


def turns_round(words: str) -> bool:
    """Whether a text may look other than it is, because it turns the direction of its letters."""
    return _turns_text.search(words) is not None


def distinct(names: Iterable[str]) -> list[str]:
    """The names, numbered where one is there already: a selection tells options apart by them."""
    counts: Counter[str] = Counter()
    found = []
    for name in names:
        counts[name] += 1
        found.append(f"{name} ({counts[name]})" if counts[name] > 1 else name)
    return found


def document_name(row: StoredDocument) -> str:
    """A document's title and version, as plain text."""
    version = f" {plain(row.api_version, limit=30)}" if row.api_version else ""
    return plain(row.title, limit=80) + version


def method(name: str) -> str:
    """``GET`` as a badge in its colour, as Markdown."""
    return f":{_METHOD_COLORS.get(name, 'gray')}-badge[{escape(name)}]"


def label(operation: Operation | StoredOperation) -> str:
    """``GET /pets/{petId}`` as Markdown."""
    deprecated = " :gray-badge[deprecated]" if operation.deprecated else ""
    return f"{method(operation.method)} {code(operation.path)}{deprecated}"


def paragraph(words: str, *, limit: int = 1200) -> str:
    """A longer text for ``st.text``: lines and tabs kept, direction characters gone, cut."""
    kept = "".join(
        character
        for character in words[:limit]
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf")
    )
    return kept if len(words) <= limit else kept.rstrip() + " …"

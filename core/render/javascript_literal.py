"""Values as JavaScript literals, and the cases in which JavaScript would not send them unchanged.

>>> write_object({"name": "Rex", "tags": ["good"]})
'{ name: "Rex", tags: ["good"] }'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache

import orjson

from core.render.json_text import has_integer_beyond_double, is_shallow_structure
from core.render.literals import double_quoted, single_quoted
from core.request import Json, JsonBody

WIDTH = 80
"""The longest object or list that stands on one line, as API Pack has it: without indentation."""

_may_change = re.compile(r'[0-9_](?:":|[0-9]{15})').search
_is_moved_or_lost = re.compile(r'[{,]"(?:[0-9]+|__proto__)":').search


def block(
    left: str, members: Collection[str], right: str, indent: str = "", width: int = WIDTH
) -> str:
    """Members between brackets: on one line where that is short enough, else one a line."""
    if not members:
        return left.strip() + right.strip()
    line = f"{left}{', '.join(members)}{right}"
    if len(line) <= width:
        return line
    # A member that takes several lines is itself wider than one line, so nothing is measured twice.
    inner = f"\n{indent}  "
    return f"{left.strip()}{inner}{f',{inner}'.join(members)}\n{indent}{right.strip()}"


@lru_cache(4096)
def property_name(name: str) -> str:
    """The name of an object's member in the published style: bare, or in single quotes."""
    return name if _is_bare(name) else _quoted_name(name, single_quoted)


@lru_cache(4096)
def modern_property_name(name: str) -> str:
    """The name of an object's member in today's style: bare, or in double quotes."""
    return name if _is_bare(name) else _quoted_name(name, double_quoted)


def _is_bare(name: str) -> bool:
    return name.isascii() and name.replace("$", "_").isidentifier() and name != "__proto__"


def _quoted_name(name: str, quote: Callable[[str], str]) -> str:
    # Without the brackets, JavaScript would set the object's prototype and send no such member.
    return f"[{quote(name)}]" if name == "__proto__" else quote(name)


def _printer(
    *, name: Callable[[str], str], text: Callable[[str], str], pad: str
) -> Callable[[Json, str], str]:
    left, right = f"{{{pad}", f"{pad}}}"

    def write(value: Json, indent: str = "") -> str:
        kind = type(value)
        if kind is str:
            return text(value)
        if kind is dict:
            inner = indent + "  "
            members = [f"{name(key)}: {write(item, inner)}" for key, item in value.items()]
            return block(left, members, right, indent)
        if kind is list:
            inner = indent + "  "
            return block("[", [write(item, inner) for item in value], "]", indent)
        return "null" if value is None else repr(value).lower()  # True, 1, 0.5, 1e-07

    return write


write_published_object = _printer(name=property_name, text=single_quoted, pad="")
"""``{name: 'Rex', 'X-Tags': ['good']}``"""

write_object = _printer(name=modern_property_name, text=double_quoted, pad=" ")
"""``{ name: "Rex", "X-Tags": ["good"] }``"""


def write_json(value: Json, indent: str = "") -> str:
    """JSON with every member on its own line, as ``JSON.stringify(value, null, 2)`` has it."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode().replace("\n", f"\n{indent}")


def is_kept_by_objects(names: Collection[str]) -> bool:
    """Whether an object literal with these member names holds them all, in their order.

    JavaScript keeps one member of each name, moves names that look like integers to the front, and
    takes ``__proto__`` for the object's prototype.
    """
    return (
        len(set(names)) == len(names)
        and "__proto__" not in names
        and not any(map(str.isdigit, names))
    )


def is_kept_by_stringify(body: JsonBody) -> bool:
    """Whether ``JSON.stringify`` of an object literal sends the body's very value.

    It does not where numbers are beyond what a double holds or names are none that objects keep.
    What is no object or list, or deeper than anyone reads, is better written as a text too.
    """
    text = body.text
    if not is_shallow_structure(text):
        return False
    return not _may_change(text) or not (_is_moved_or_lost(text) or has_integer_beyond_double(text))

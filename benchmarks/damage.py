"""Code spoilt at random, the same way for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_tokens = re.compile(r"\w+|\s+|[^\w\s]")
_NOISE = "\"'`\\$#{}()[]<>;,:=&|%@!?~^*/+-\n\r\t\x0b\x1b\x7f\x85\u2028\ufeff\ue000é汉\U0001f600 \0"
_OPENING = ("(", "[", "{", "${", "$(", "#{", "\\(", "`", "f(", "a.", "!", "-", "<<A\n", "/*", "(a,")
_MOST_NESTED = 20_000
_GIANT = 150_000
"""Characters: short of what is refused as too much code."""


def damaged(code: str, rng: random.Random) -> str:
    """Code with one to four damages."""
    for _ in range(rng.randint(1, 4)):
        code = rng.choice(_DAMAGES)(code, rng)
    return code


def _delete_tokens(code: str, rng: random.Random) -> str:
    """A token in twenty is left out."""
    return "".join([token for token in _tokens.findall(code) if rng.random() > 0.05])


def _move_token(code: str, rng: random.Random) -> str:
    """A token comes to stand somewhere else, perhaps twice."""
    tokens = _tokens.findall(code) or [""]
    moved = rng.choice(tokens)
    if rng.random() < 0.5:
        tokens.remove(moved)
    tokens.insert(rng.randint(0, len(tokens)), moved)
    return "".join(tokens)


def _rename(code: str, rng: random.Random) -> str:
    """A word becomes another one of the same code, everywhere."""
    words = sorted(set(re.findall(r"\w+", code))) or [""]
    one, other = rng.choice(words), rng.choice(words)
    return re.sub(rf"\b{re.escape(one)}\b", lambda _: other, code)


def _add_noise(code: str, rng: random.Random) -> str:
    at = rng.randint(0, len(code))
    noise = "".join(rng.choices(_NOISE, k=rng.randint(1, 8)))
    return code[:at] + noise + code[at + rng.randint(0, 3) :]


def _cut(code: str, rng: random.Random) -> str:
    """Only the beginning, or only the end."""
    at = rng.randint(0, len(code))
    return code[:at] if rng.random() < 0.7 else code[at:]


def _shuffle_lines(code: str, rng: random.Random) -> str:
    lines = code.splitlines(keepends=True)
    rng.shuffle(lines)
    return "".join(lines)


def _nest(code: str, rng: random.Random) -> str:
    """Brackets in brackets, open or closed again."""
    depth = rng.choice((3, 30, 300, 3000, _MOST_NESTED))
    opening = rng.choice(_OPENING)
    closing = {"(": ")", "[": "]", "{": "}"}.get(opening[-1:], "") * rng.choice((0, 1))
    at = rng.randint(0, len(code))
    return code[:at] + opening * depth + "1" + closing * depth + code[at:]


def _repeat(code: str, rng: random.Random) -> str:
    """One piece of the code over and over."""
    start = rng.randint(0, len(code))
    piece = code[start : start + rng.choice((1, 5, 40, 400))] or "x"
    return code[:start] + piece * (rng.choice((500, _GIANT)) // len(piece)) + code[start:]


_DAMAGES: list[Callable[[str, random.Random], str]] = [
    *(_delete_tokens, _delete_tokens, _move_token, _move_token, _rename, _rename),
    *(_add_noise, _add_noise, _cut, _shuffle_lines, _nest, _repeat),
]

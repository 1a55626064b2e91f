"""The beginning of a long text: as many tokens as a prompt has room for.

>>> excerpt("word " * 1000, 512).count("word")
512

Counted in word pieces of the tokenizer that comes with the embedder, so that every model is shown
the same text. The paper (arXiv 2402.09615) cuts descriptions at 512 tokens of its own model.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.retrieval.embed import DEFAULT, model_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DESCRIPTION_TOKENS = 512
_LETTERS_PER_TOKEN = 40
"""More than this no token is long; so a text of megabytes is not read to its end."""


def excerpt(text: str, max_tokens: int = DESCRIPTION_TOKENS) -> str:
    """As much of a text as has so many tokens. Raises ``ModelError`` where the tokenizer is not
    installed.
    """
    if len(text) <= max_tokens:
        return text
    shown = text[: max_tokens * _LETTERS_PER_TOKEN]
    offsets = _tokenizer().encode(shown, add_special_tokens=False).offsets
    return shown if len(offsets) <= max_tokens else shown[: offsets[max_tokens - 1][1]]


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(Path(model_folder(DEFAULT)) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer

"""A row as a model sees it: the prompt of inference, and the call that it is to write.

>>> example = Examples(pool, tokenizer, max_tokens=1024).of_row(row, "free-3-retrieved")
>>> example.prompt.endswith("### ASSISTANT:"), example.completion[:6]
(True, '\\ncurl ')

Prompts come from the template that engines fill (``core/prompts/answer.txt``), and are cut into
tokens as models do that run in this process: a prompt is never trained on in another spelling than
it is asked in. The loss counts the tokens of the completion alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.models.tokens import prompt_ids, text_ids
from core.prompts import load_prompt
from core.prompts.excerpt import excerpt
from core.shots import NUM_SHOTS, Shot
from train.dataset import Row
from train.shot_pool import ShotPool

_UNCOUNTED = -100
"""The label of a token that the loss leaves out, as torch's cross entropy has it."""


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to learn, as text and as tokens."""

    prompt: str
    completion: str
    prompt_tokens: tuple[int, ...]
    completion_tokens: tuple[int, ...]
    """With the token that ends a text."""
    num_shots: int
    """Examples in the prompt that there was room for."""
    num_cut: int = 0
    """Examples that there was no room for."""

    @property
    def num_tokens(self) -> int:
        return len(self.prompt_tokens) + len(self.completion_tokens)

    @property
    def tokens(self) -> list[int]:
        """All of it, as the model reads it."""
        return [*self.prompt_tokens, *self.completion_tokens]

    @property
    def labels(self) -> list[int]:
        """What the loss counts: the completion."""
        return [_UNCOUNTED] * len(self.prompt_tokens) + list(self.completion_tokens)


class Examples:
    """Makes examples for one tokenizer, none longer than ``max_tokens``."""

    def __init__(self, pool: ShotPool, tokenizer: Any, *, max_tokens: int) -> None:
        self._pool = pool
        self._tokenizer = tokenizer
        self._max_tokens = max_tokens
        self._prompt = load_prompt("answer")

    def of_row(self, row: Row, kind: str) -> Example | None:
        """A row with as many examples before it as there is room for, the least similar cut first;
        none where the row alone is too long. No call is ever cut: half a call is no call.
        """
        ranked = self._pool.ranked(kind, row)[:NUM_SHOTS]
        for num_shots in range(len(ranked), -1, -1):
            # The nearest stands last, beside the question, as at inference.
            shown = [Shot(each.instruction, each.api_call) for each in ranked[:num_shots][::-1]]
            example = self._example(prompt_of(self._prompt, row, shown), row.api_call, num_shots)
            if example.num_tokens <= self._max_tokens:
                return replace(example, num_cut=len(ranked) - num_shots)
        return None

    def of_task(self, task: Shot) -> Example | None:
        """A task without an API; none where it is too long."""
        example = self._example(f"{task.instruction}\n\n### ASSISTANT:", task.output, 0)
        return example if example.num_tokens <= self._max_tokens else None

    def _example(self, prompt: str, output: str, num_shots: int) -> Example:
        completion = f"\n{output}"
        end = self._tokenizer.eos_token_id
        return Example(
            prompt=prompt,
            completion=completion,
            prompt_tokens=tuple(prompt_ids(self._tokenizer, prompt)),
            completion_tokens=(*text_ids(self._tokenizer, completion), end),
            num_shots=num_shots,
        )


def prompt_of(template: Any, row: Row, shown: Sequence[Shot]) -> str:
    """What a model is asked for a row, after these examples."""
    filled: str = template.fill(
        api_description=excerpt(row.api_description or row.api_name),
        lang=row.lang,
        examples=shown,
        instruction=row.instruction,
    )
    return filled


def texts_of(rows: Iterable[Row], tasks: Iterable[Shot]) -> Iterator[str]:
    """What a new tokenizer learns its words from."""
    template = load_prompt("answer")
    for row in rows:
        yield prompt_of(template, row, ())
        yield row.api_call
    for task in tasks:
        yield f"{task.instruction}\n\n{task.output}"

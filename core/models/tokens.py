"""Prompts and texts as the tokens of a model that runs in this process.

A text that follows a prompt is cut into tokens on its own: so its tokens are exactly those behind
the prompt's, whatever the last letters of the prompt are, and servers that are asked the same way
give the same numbers.
"""

from __future__ import annotations

from typing import Any

from core.models.protocol import Prompt


def prompt_ids(tokenizer: Any, prompt: Prompt) -> list[int]:
    """The tokens of a prompt as the model wants to read it, a conversation by its template."""
    if isinstance(prompt, str):
        return list(tokenizer(prompt)["input_ids"])
    if not tokenizer.chat_template:
        return list(tokenizer("\n\n".join(turn.text for turn in prompt))["input_ids"])
    turns = [{"role": turn.role, "content": turn.text} for turn in prompt]
    made = tokenizer.apply_chat_template(turns, add_generation_prompt=True, return_dict=True)
    return list(made["input_ids"])


def text_ids(tokenizer: Any, text: str) -> list[int]:
    """The tokens of a text in the middle of another: nothing is added to it."""
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])

"""Constraints for models of transformers: of all tokens only those that a grammar goes on with."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from core.models.protocol import Choice, Constraint


class Grammars:
    """Compiles constraints for one tokenizer."""

    def __init__(self, tokenizer: Any, num_logits: int) -> None:
        import llguidance.hf

        self._tokens = llguidance.hf.from_tokenizer(tokenizer, n_vocab=num_logits)

    def keep_to(self, constraint: Constraint, num_prompt: int) -> Any:
        """A logits processor for one reply after a prompt of so many tokens."""
        from llguidance import LLMatcher

        return _processor(LLMatcher(self._tokens, grammar_of(constraint)), num_prompt)


def problem_of(constraint: Constraint | None) -> str:
    """Why a reply cannot be kept to a constraint; empty where it can."""
    from llguidance import LLMatcher

    if constraint is None:
        return ""
    problem = str(LLMatcher.validate_grammar(grammar_of(constraint)))
    return f"the reply cannot be constrained: {problem}" if problem else ""


def grammar_of(constraint: Constraint) -> str:
    """A constraint as llguidance takes it."""
    from llguidance import LLMatcher

    if isinstance(constraint, Choice):
        # Strings of Lark are written as those of JSON.
        options = " | ".join(orjson.dumps(option).decode() for option in constraint.options)
        return str(LLMatcher.grammar_from_lark(f"start: {options}"))
    options_ = {"whitespace_flexible": False}  # else a poor model writes blanks for ever
    return str(LLMatcher.grammar_from_json_schema(constraint.text, options_))


def _processor(matcher: Any, num_prompt: int) -> Any:
    import torch
    from transformers import LogitsProcessor

    class KeepTo(LogitsProcessor):
        """Bound to one reply: it follows what has been written so far."""

        def __init__(self) -> None:
            self.num_seen = num_prompt

        def __call__(self, input_ids: Any, scores: Any) -> Any:
            new = input_ids[0, self.num_seen :].tolist()
            self.num_seen += len(new)
            matcher.consume_tokens(new)
            allowed = torch.from_numpy(_bits(matcher.compute_bitmask())[: scores.shape[-1]])
            return scores.masked_fill(~allowed.to(scores.device), -torch.inf)

    return KeepTo()


def _bits(mask: bytes) -> NDArray[np.bool_]:
    """One truth for each token."""
    return np.unpackbits(np.frombuffer(mask, np.uint8), bitorder="little").astype(np.bool_)

"""The steps that a language model can do: refine, instruct, judge, score, synthesize, classify.

>>> cached = CachedModel(open_model("qwen", offers), cache, step="judge")
>>> [each.label for each in judgements(cached, candidates) if not isinstance(each, Failure)]
['good', 'bad']

Every function takes many things at once, so that the model is kept busy, and gives back as many
results in the same order: what failed is a ``Failure`` that says why, and touches nothing else. Ask
through a :class:`core.models.cache.CachedModel`, and a second run costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from core.candidate import Candidate
from core.catalogue.function import Function
from core.models.protocol import (
    Choice,
    Failure,
    Generate,
    Message,
    Model,
    Reply,
    Score,
    replies,
    scores,
)
from core.prompts import load_prompt
from core.prompts.excerpt import excerpt
from pipeline.judgement import Judgement
from pipeline.row import OperationRow
from pipeline.seed_example import SeedExample

NUM_CANDIDATES = 5
"""Candidates of one operation, as in the paper (arXiv 2402.09615, section 3.2)."""
DESCRIPTION_TOKENS = 200
"""Of an operation's description, in every prompt."""
_INSTRUCTION_TOKENS = 120
_WARM = 0.8
"""The temperature where five answers are to differ."""
_ROUNDS = 3
"""Times that missing candidates are asked for, with other seeds."""
_MOST_NAME_TOKENS = 40
_VERDICTS = ("Good", "Bad")
_QUOTES = "\"'“”‘’`*"
_verdict = re.compile(r"\b(good|bad)\b", re.IGNORECASE)
_prefix = re.compile(
    r"^(?:request|rewritten|instruction|asked|query|user query|output)\s*:\s*", re.IGNORECASE
)


class Written(NamedTuple):
    """Different texts that a model wrote for one thing."""

    texts: tuple[str, ...]
    missing: str = ""
    """Why there are fewer than were wanted; empty where there are as many."""


def refine(
    model: Model, examples: Sequence[SeedExample], prompts: Path | None = None
) -> list[str | Failure]:
    """The instructions of seed examples as people would say them."""
    template = load_prompt("refine", prompts)
    tasks = [
        _asked(template.fill(instruction=each.text, **_about(each)), _INSTRUCTION_TOKENS)
        for each in examples
    ]
    return [_instruction(result) for result in replies(model, tasks)]


def instruct(
    model: Model,
    operations: Sequence[OperationRow],
    examples: Mapping[str, Sequence[SeedExample]],
    *,
    seed: int = 0,
    prompts: Path | None = None,
) -> list[Written]:
    """Up to five different instructions for each operation.

    ``examples`` are those of its document, by SHA-256; an operation is never its own example.
    """
    template = load_prompt("instruct", prompts)
    texts = [
        template.fill(
            **_about_operation(operation),
            examples=[
                {**_about(each), "instruction": each.text}
                for each in examples.get(operation.document, ())
                if each.key != operation.key
            ],
        )
        for operation in operations
    ]
    found: list[dict[str, str]] = [{} for _ in operations]
    missing = ["" for _ in operations]
    for turn in range(_ROUNDS):
        wanted = [
            (number, seed + turn * NUM_CANDIDATES + place)
            for number, kept in enumerate(found)
            for place in range(NUM_CANDIDATES - len(kept))
        ]
        tasks = [
            _asked(texts[number], _INSTRUCTION_TOKENS, temperature=_WARM, seed=own_seed)
            for number, own_seed in wanted
        ]
        for (number, _), result in zip(wanted, replies(model, tasks), strict=True):
            missing[number] = _add(found[number], _instruction(result)) or missing[number]
    return [
        Written(tuple(kept.values()), why if len(kept) < NUM_CANDIDATES else "")
        for kept, why in zip(found, missing, strict=True)
    ]


def _add(kept: dict[str, str], text: str | Failure) -> str:
    """Take one more text; why it cannot be taken, empty where it can."""
    if isinstance(text, Failure):
        return text.reason
    if text.casefold() in kept:
        return "the model wrote the same again"
    kept[text.casefold()] = text
    return ""


def judgements(
    model: Model,
    candidates: Sequence[Candidate],
    prompt: str = "judge-criteria",
    prompts: Path | None = None,
) -> list[Judgement | Failure]:
    """What a model says of candidates, in one word each; it gives no reasons."""
    template = load_prompt(prompt, prompts)
    constraint = Choice(_VERDICTS) if "choice" in model.capabilities else None
    tasks = [
        _asked(template.fill(instruction=each.text, **_about(each)), 4, constraint=constraint)
        for each in candidates
    ]
    return [_judgement(result) for result in replies(model, tasks)]


def back_translation_scores(
    model: Model,
    candidates: Sequence[Candidate],
    examples: Mapping[str, Sequence[SeedExample]] | None = None,
    prompts: Path | None = None,
) -> list[float | Failure]:
    """How well each candidate brings its operation back: the mean natural logarithm of the
    probability of the operation's metadata after the candidate, over exactly its tokens.

    ``examples`` are those of a candidate's group. Raises ``ModelError`` where the model cannot
    score; then what can be counted has to do (:mod:`pipeline.score`).
    """
    template = load_prompt("back-translate", prompts)
    tasks = [
        Score(
            (
                Message(
                    "user",
                    template.fill(
                        instruction=each.text,
                        examples=[
                            {**_about(other), "instruction": other.text}
                            for other in (examples or {}).get(each.group, ())
                            if other.key != each.group
                        ],
                    ),
                ),
            ),
            metadata_of(each),
        )
        for each in candidates
    ]
    return [each if isinstance(each, Failure) else each.mean for each in scores(model, tasks)]


def metadata_of(candidate: Candidate) -> str:
    """What is brought back: the four lines of the paper's Listing 3."""
    about = _about(candidate)
    return (
        f"Functionality: {about['functionality']}\nDescription: {about['description']}\n"
        f"Endpoint: {about['endpoint']}\nAPI: {about['api_name']}"
    )


def synthesize(
    model: Model,
    functions: Sequence[Function],
    arguments: Sequence[Sequence[Mapping[str, Any]]],
    *,
    seed: int = 0,
    prompts: Path | None = None,
) -> list[list[str | Failure]]:
    """A question for each function and each of its arguments, which the question is to say.

    Of one function, those that were written before are shown, so that the next one differs.
    """
    template = load_prompt("synthesize", prompts)
    found: list[list[str | Failure]] = [[] for _ in functions]
    for turn in range(max(map(len, arguments), default=0)):
        places = [place for place, listed in enumerate(arguments) if turn < len(listed)]
        tasks = [
            _asked(
                template.fill(
                    **_about_function(functions[place], arguments[place][turn]),
                    examples=[
                        {"instruction": text} for text in found[place] if isinstance(text, str)
                    ],
                ),
                _INSTRUCTION_TOKENS,
                temperature=_WARM,
                seed=seed + turn,
            )
            for place in places
        ]
        for place, result in zip(places, replies(model, tasks), strict=True):
            found[place].append(_instruction(result))
    return found


def classify(
    model: Model,
    questions: Sequence[str],
    functions: Sequence[Function],
    prompt: str = "classify-described",
    prompts: Path | None = None,
) -> list[Function | Failure | None]:
    """The function that each question asks for; ``None`` where the model names none of them."""
    template = load_prompt(prompt, prompts)
    by_label = {function.label: function for function in functions}
    by_name = {function.name: function for function in functions}
    listed = [{**_about_function(each), "name": each.label} for each in functions]
    constraint = Choice(tuple(by_label)) if "choice" in model.capabilities else None
    tasks = [
        _asked(
            template.fill(question=question, functions=listed),
            _MOST_NAME_TOKENS,
            constraint=constraint,
        )
        for question in questions
    ]
    return [
        each
        if isinstance(each, Failure)
        else by_label.get(_bare(each.text)) or by_name.get(_bare(each.text))
        for each in replies(model, tasks)
    ]


def _asked(text: str, max_tokens: int, **options: Any) -> Generate:
    return Generate((Message("user", text),), max_tokens=max_tokens, **options)


def _about(told: SeedExample | Candidate) -> dict[str, str]:
    """What every prompt tells of an operation."""
    return {
        "functionality": told.functionality,
        "description": _shortened(told.description),
        "endpoint": told.endpoint,
        "api_name": told.api_name,
    }


def _about_operation(operation: OperationRow) -> dict[str, str]:
    return {
        "functionality": operation.summary,
        "description": _shortened(operation.description),
        "endpoint": operation.operation_id,
        "api_name": operation.title,
    }


def _about_function(function: Function, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What prompts tell of a function; of its arguments only those that have one of ``values``."""
    return {
        "function": function.name,
        "module": function.module,
        "description": _shortened(function.description),
        "arguments": [
            {
                "name": name,
                "kind": schema.get("type", "any"),
                "description": _shortened(str(schema.get("description", ""))),
                "value": "" if values is None else values.get(name),
            }
            for name, schema in function.arguments.items()
            if values is None or name in values
        ],
    }


def _shortened(text: str) -> str:
    """On one line, so that it cannot look like the lines of a prompt."""
    return excerpt(" ".join(text.split()), DESCRIPTION_TOKENS)


def _instruction(result: Reply | Failure) -> str | Failure:
    """The one instruction in what a model wrote: its first line, without what it put around it."""
    if isinstance(result, Failure):
        return result
    lines = [line.strip() for line in result.text.splitlines() if line.strip()]
    text = _bare(_prefix.sub("", lines[0])) if lines else ""
    return text or Failure("the model wrote nothing")


def _bare(text: str) -> str:
    return text.strip().strip(_QUOTES).strip()


def _judgement(result: Reply | Failure) -> Judgement | Failure:
    if isinstance(result, Failure):
        return result
    said = _verdict.search(result.text)
    if said is None:
        return Failure(f"the model said neither good nor bad: {result.text[:60]!r}")
    is_good = said[1].casefold() == "good"
    return Judgement("good" if is_good else "bad", (), float(is_good))

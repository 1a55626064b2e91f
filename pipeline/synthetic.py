"""Questions that a language model writes for the functions of a catalogue, with their labels.

>>> made = synthetic_questions(catalogue, model, per_function=8, seed=1)
>>> made.examples[0].question, made.examples[0].arguments
('Could you put the map at zoom 12, please?', {'level': 12})

The arguments are drawn first and the model is told to say them, so that the label is known; a
question that leaves a value out is not kept.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

from core.catalogue.asking import Example
from core.catalogue.folder import Questions
from core.catalogue.function import Catalogue, document_of
from core.models.protocol import Failure, Model
from core.prompts import load_prompt
from pipeline.synthesize import checked, draw_arguments, spread_of
from pipeline.with_model import synthesize

_PROMPT = "synthesize"


def synthetic_questions(
    catalogue: Catalogue,
    model: Model,
    *,
    per_function: int,
    seed: int,
    called: str = "",
    prompts: Path | None = None,
) -> Questions:
    """Questions that pass every check; ``called`` is what their origin calls the model.

    The provenance says how many each check left out. Raises ``CallwrightError``.
    """
    functions = catalogue.functions
    drawn = []
    for function in functions:
        draw = random.Random(f"{seed} {function.label}")
        drawn.append([draw_arguments(function, draw) for _ in range(per_function)])
    written = synthesize(model, functions, drawn, seed=seed, prompts=prompts)
    origin = f"model:{called or model.name}"
    made: list[Example] = []
    dropped: Counter[str] = Counter()
    for function, listed, texts in zip(functions, drawn, written, strict=True):
        for arguments, text in zip(listed, texts, strict=True):
            if isinstance(text, Failure):
                dropped[f"not written: {text.reason}"] += 1
            elif not all(says(text, value) for value in arguments.values()):
                dropped["leaves a value out"] += 1
            else:
                name = hashlib.sha256(f"{function.label}\0{text}".encode()).hexdigest()[:12]
                made.append(Example(name, text, function.label, arguments, origin))
    kept, refused = checked(made, catalogue, document_of([catalogue]))
    return Questions(
        tuple(kept),
        {
            "made_by": origin,
            "identity": model.identity.replace(model.name, called or model.name),
            "prompt": _PROMPT,
            "prompt_version": load_prompt(_PROMPT, prompts).version,
            "catalogue": catalogue.name,
            "catalogue_sha256": catalogue.sha256,
            "seed": seed,
            "per_function": per_function,
            "dropped": dict(dropped + refused),
            **spread_of(kept, catalogue),
        },
    )


def says(question: str, value: Any) -> bool:
    """Whether a question holds an argument's value, as people write values."""
    if isinstance(value, bool):
        return True  # nobody says “true”
    if isinstance(value, int | float):
        plain = question.replace(",", "")
        return re.search(rf"(?<![\d.]){re.escape(str(value))}(?!\.?\d)", plain) is not None
    return str(value).casefold() in question.casefold()

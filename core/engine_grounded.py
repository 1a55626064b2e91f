"""The engine ``grounded+<model>``: search finds the operations, a language model picks one of them
and fills it, and the document has the last word.

>>> engine = GroundedModel(grounded, open_model("qwen", offers))
>>> engine.answer("cancel booking 8841", EVERYTHING).call.operation.label
'DELETE /bookings/{bookingId}'

The model answers with a number among those that it is offered, and with values by a JSON schema
made from the operation. The call is built from them here and checked, so nothing that the document
forbids comes out, whatever the model writes and whatever a description tells it to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.answer import NOTHING, Answer, Call, Engine, legal_calls
from core.arguments.filling import Evidence
from core.arguments.form import Form, form_of
from core.errors import CallwrightError
from core.models.protocol import (
    Choice,
    Failure,
    Generate,
    JsonSchema,
    Message,
    Model,
    replies,
    reply,
)
from core.prompts import load_prompt
from core.prompts.excerpt import excerpt
from core.retrieval.entry import EVERYTHING, Scope

OFFERED = 8
"""Operations among which the model chooses."""
_ABOUT_TOKENS = 60
_ARGUMENT_TOKENS = 25
_FILLING_TOKENS = 400
_NONE = "none"
_number = re.compile(r"\d+|none", re.IGNORECASE)
_object = re.compile(r"\{.*\}", re.DOTALL)


class GroundedModel:
    """A model over another engine's findings. Safe to share between threads if both are."""

    def __init__(self, grounded: Engine, model: Model, prompts: Path | None = None) -> None:
        """``prompts`` is a folder of texts that replace the ones that come with the project.

        Raises ``PromptError``.
        """
        self._grounded = grounded
        self._model = model
        self._choose_prompt = load_prompt("choose", prompts)
        self._fill_prompt = load_prompt("fill", prompts)

    def answer(self, question: str, scope: Scope = EVERYTHING) -> Answer:
        """The call that a question asks for, or why there is none. Raises ``ModelError``."""
        found = self._grounded.answer(question, scope)
        if not found.calls:
            return found
        number = self._chosen(question, found.calls[:OFFERED])
        if number is None:
            return replace(found, confidence=1 - found.confidence, reason=NOTHING)
        call = self._filled(question, found.calls[number])
        others = [each for each in found.calls if each is not found.calls[number]]
        # The search's own doubt, as whoever agrees with it is as sure, and whoever does not is not.
        sure = found.confidence if number == 0 else 1 - found.confidence
        return Answer(question, (call, *others), sure, notes=found.notes)

    def _chosen(self, question: str, calls: Sequence[Call]) -> int | None:
        """Which of the calls the model means; ``None`` for none of them."""
        options = [
            {
                "number": number,
                "label": call.operation.label,
                "title": call.hit.entry.title,
                "about": _about(call),
            }
            for number, call in enumerate(calls, 1)
        ]
        numbers = (*(str(number) for number in range(1, len(calls) + 1)), _NONE)
        task = Generate(
            _asked(self._choose_prompt.fill(question=question, options=options)),
            max_tokens=8,
            constraint=Choice(numbers) if "choice" in self._model.capabilities else None,
        )
        said = _number.search(reply(self._model, task).text)
        chosen = said.group().lower() if said else _NONE
        return int(chosen) - 1 if chosen in numbers and chosen != _NONE else None

    def _filled(self, question: str, call: Call) -> Call:
        """The same operation with the model's values, if a legal call can be made of them."""
        form = form_of(call.operation)
        if not form.slots:
            return call
        result = replies(self._model, [self._filling(question, form)])[0]
        if isinstance(result, Failure):
            reason = f"The values are those of the search: the model gave none ({result.reason})."
            return replace(call, notes=(*call.notes, reason))
        written = _object.search(result.text)
        evidence = form.read(written.group() if written else "", question)
        try:
            legal = next(legal_calls(call.operation, evidence), None)
        except CallwrightError:
            legal = None  # nothing can be sent with these values
        if legal is None:
            reason = "The values are those of the search: the model's make no legal call."
            return replace(call, notes=(*call.notes, reason))
        kept, built, verdict = legal
        notes = (*built.notes, *_unsaid(kept))
        return replace(call, request=built.request, evidence=kept, verdict=verdict, notes=notes)

    def _filling(self, question: str, form: Form) -> Generate:
        arguments = [
            {
                "place": slot.place,
                "name": ".".join(slot.path),
                "kind": slot.kind + (" list" if slot.is_list else ""),
                "required": slot.required,
                "description": excerpt(" ".join(slot.description.split()), _ARGUMENT_TOKENS),
            }
            for slot in form.slots
        ]
        operation = form.operation
        text = self._fill_prompt.fill(
            question=question,
            operation=operation.label,
            about=excerpt(operation.summary or operation.description, _ABOUT_TOKENS),
            arguments=arguments,
        )
        schema = JsonSchema(form.schema) if "json" in self._model.capabilities else None
        return Generate(_asked(text), max_tokens=_FILLING_TOKENS, constraint=schema)


def _asked(text: str) -> tuple[Message, ...]:
    return (Message("user", text),)


def _about(call: Call) -> str:
    """One line of an operation, as a person would be shown it."""
    operation = call.operation
    text = " ".join((operation.summary or operation.description).split())
    return excerpt(text, _ABOUT_TOKENS)


def _unsaid(evidence: Sequence[Evidence]) -> list[str]:
    """What a reader should know of values that no word of the question gave."""
    return [
        f"{each.slot.place} {'.'.join(each.slot.path)} is the model's: the question does not "
        "say it in these words."
        for each in evidence
        if each.start == each.end
    ]

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
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from core.answer import Answer, Call, Engine, Work, legal_calls
from core.arguments.filling import Evidence
from core.arguments.form import Form, form_of
from core.dialogue import Dialogue, finished, followed
from core.errors import CallwrightError, ModelError
from core.models.protocol import Choice, Generate, JsonSchema, Message, Model, Reply
from core.prompts import load_prompt
from core.prompts.excerpt import excerpt
from core.prompts.template import Template
from core.retrieval.entry import EVERYTHING, Scope

OFFERED = 8
"""Operations among which the model chooses."""
_ABOUT_TOKENS = 60
_ARGUMENT_TOKENS = 25
_FILLING_TOKENS = 400
_NONE = "none"
_NONE_OF_THEM = "The model says that none of the operations below does that."
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
        return finished(self._steps(question, scope), self._model)

    def stream(
        self, question: str, scope: Scope = EVERYTHING
    ) -> Generator[str | Answer, None, None]:
        """What is found, chosen and filled in, while it happens, and the answer last. Closing the
        iterator stops the model. Raises ``ModelError``.
        """
        return followed(self._steps(question, scope), self._model)

    def _steps(self, question: str, scope: Scope) -> Dialogue:
        found = self._grounded.answer(question, scope)
        if not found.calls:
            return found
        offered = found.calls[:OFFERED]
        yield _listed(offered)
        said = yield self._choosing(question, offered)
        number = _number_in(said.text, len(offered))
        if number is None:
            yield "None of them.\n"
            found = replace(found, confidence=1 - found.confidence, reason=_NONE_OF_THEM)
            return replace(found, written=said.text, work=Work(self._versions(self._choose_prompt)))
        call, written = yield from self._filled(question, found.calls[number])
        others = [each for each in found.calls if each is not found.calls[number]]
        # The search's own doubt, as whoever agrees with it is as sure, and whoever does not is not.
        sure = found.confidence if number == 0 else 1 - found.confidence
        return Answer(
            question,
            (call, *others),
            sure,
            notes=found.notes,
            written="\n".join(filter(None, [said.text, written])),
            work=Work(self._versions(self._choose_prompt, self._fill_prompt)),
        )

    def _versions(self, *prompts: Template) -> tuple[tuple[str, str], ...]:
        return tuple((prompt.name, prompt.version) for prompt in prompts)

    def _choosing(self, question: str, calls: Sequence[Call]) -> Generate:
        """Which of the calls the model means."""
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
        return Generate(
            _asked(self._choose_prompt.fill(question=question, options=options)),
            max_tokens=8,
            constraint=Choice(numbers) if "choice" in self._model.capabilities else None,
        )

    def _filled(
        self, question: str, call: Call
    ) -> Generator[str | Generate, Reply, tuple[Call, str]]:
        """The same operation with the model's values, if a legal call can be made of them, and
        what it wrote.
        """
        yield f"\n{call.operation.label}\n"
        form = form_of(call.operation)
        if not form.slots:
            return call, ""
        try:
            said = yield self._filling(question, form)
        except ModelError as error:
            reason = f"The values are those of the search. {error}"
            return replace(call, notes=(*call.notes, reason)), ""
        written = _object.search(said.text)
        evidence = form.read(written.group() if written else "", question)
        return _with(call, evidence), said.text

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


def _listed(calls: Sequence[Call]) -> str:
    """What the model chooses from, for whoever watches."""
    lines = (f"{number}. {call.operation.label}" for number, call in enumerate(calls, 1))
    return "\n".join(["Found:", *lines, "", "Chosen: "])


def _number_in(said: str, count: int) -> int | None:
    """Which of so many the model means, from 0 on; ``None`` for none of them."""
    found = _number.search(said)
    numbers = [str(number) for number in range(1, count + 1)]
    return numbers.index(found.group()) if found and found.group() in numbers else None


def _with(call: Call, evidence: tuple[Evidence, ...]) -> Call:
    """The call with these values, or as it was where they make no legal one."""
    try:
        legal = next(legal_calls(call.operation, evidence, call.connection), None)
    except CallwrightError:
        legal = None  # nothing can be sent with these values
    if legal is None:
        reason = "The values are those of the search: the model's make no legal call."
        return replace(call, notes=(*call.notes, reason))
    kept, built, verdict = legal
    notes = (*built.notes, *_unsaid(kept))
    return replace(call, request=built.request, evidence=kept, verdict=verdict, notes=notes)


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

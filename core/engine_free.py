"""The engines ``free-…+<model>``: a language model writes the code of the call itself, as in the
paper (arXiv 2402.09615), and the document judges what it wrote.

>>> engine = Free(grounded, open_model("qwen", offers), open_ranking("free-3-retrieved"))
>>> answer = engine.answer("cancel booking 8841", EVERYTHING)
>>> answer.call.verdict.status
'illegal'

The API is the one that search finds first. Nothing that the model writes is run: it is parsed,
matched and checked like any other piece of code. A call that the document does not have is no call.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

from core.answer import Answer, Call, Engine, Work
from core.dialogue import Dialogue, finished, followed
from core.judgement import Judgement, judge
from core.models.protocol import Generate, Model
from core.prompts import load_prompt
from core.prompts.excerpt import excerpt
from core.render import client
from core.retrieval.entry import EVERYTHING, Scope, entry_of
from core.retrieval.fuse import Reasons
from core.retrieval.retriever import Hit
from core.shots import Ranking, shots
from core.suitability import Traits
from core.verdict import Kind

CODE_TOKENS = 512
_NO_API = "No API here seems to have to do with that."
_STOP = ("\n**instruction**", "\n### ")
"""Where a model begins to write the next task itself."""
_NO_TRAITS = Traits(*[0.0] * len(Traits._fields))
"""Of an operation that search did not look at."""
_fenced = re.compile(r"```[\w+-]*\n(.*?)(?:\n```|\Z)", re.DOTALL)
_marked = re.compile(r"\*\*api_call\*\*:(.*?)(?:\n\*\*\w+\*\*|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A question that is ready to be asked."""

    found: Answer
    task: Generate


class Free:
    """A model that writes code for the API that another engine finds."""

    def __init__(
        self,
        grounded: Engine,
        model: Model,
        ranking: Ranking,
        *,
        client_name: str = "curl",
        prompts: Path | None = None,
    ) -> None:
        """``client_name`` is that of the code; ``prompts`` a folder of texts of one's own.

        Raises ``PromptError`` and ``UnknownNameError``.
        """
        self._grounded = grounded
        self._model = model
        self._ranking = ranking
        self._client_name = client_name
        self._client = client(client_name)
        self._prompt = load_prompt("answer", prompts)

    def answer(self, question: str, scope: Scope = EVERYTHING) -> Answer:
        """The call that the model writes, or why it is none. Raises ``ModelError``."""
        return finished(self._steps(question, scope), self._model)

    def stream(
        self, question: str, scope: Scope = EVERYTHING
    ) -> Generator[str | Answer, None, None]:
        """What the model writes piece by piece, and the answer last. Closing the iterator stops
        the model. Raises ``ModelError``.
        """
        return followed(self._steps(question, scope), self._model)

    def _steps(self, question: str, scope: Scope) -> Dialogue:
        prepared = self._prepare(question, scope)
        if isinstance(prepared, Answer):
            return prepared
        said = yield prepared.task
        work = Work(prompts=((self._prompt.name, self._prompt.version),))
        return replace(self._answer(prepared, said.text), work=work)

    def _prepare(self, question: str, scope: Scope) -> _Prepared | Answer:
        found = self._grounded.answer(question, scope)
        if not found.calls:
            return Answer(question, (), 0.0, found.reason or _NO_API, found.notes)
        document = found.calls[0].operation.document
        text = self._prompt.fill(
            api_description=excerpt(document.description or document.title),
            lang=self._client.api_pack_lang or self._client.language,
            examples=shots(self._ranking(question, found), self._client_name),
            instruction=question,
        )
        return _Prepared(found, Generate(text, max_tokens=CODE_TOKENS, stop=_STOP))

    def _answer(self, prepared: _Prepared, written: str) -> Answer:
        found = prepared.found
        document = found.calls[0].operation.document
        judgement = judge(code_of(written), document, self._client.language)
        call = _call(judgement, found)
        if call is None:
            reason = f"The model's code makes no call of {document.title}: {_why(judgement)}"
            return Answer(found.question, found.calls, 0.0, reason, found.notes, written)
        others = [each for each in found.calls if each.operation.key != call.operation.key]
        confidence = found.confidence if call.verdict.is_legal else 0.0
        return Answer(found.question, (call, *others), confidence, "", found.notes, written)


def code_of(written: str) -> str:
    """The code in what a model wrote: under its marker, between fences, or all of it."""
    marked = _marked.search(written)
    text = marked[1] if marked else written
    fenced = _fenced.search(text)
    return (fenced[1] if fenced else text).strip()


def _call(judgement: Judgement, found: Answer) -> Call | None:
    """What the code sends, with what search knows of its operation."""
    request, verdict = judgement.parsed.request, judgement.verdict
    if request is None or verdict is None or verdict.operation is None:
        return None
    if any(finding.kind == Kind.UNKNOWN_ENDPOINT for finding in verdict.findings):
        return None
    notes = tuple(
        f"Not stated: {unknown.text} (line {unknown.line})" for unknown in judgement.parsed.unknowns
    )
    for call in found.calls:
        if call.operation.key == verdict.operation.key:
            return replace(call, request=request, evidence=(), verdict=verdict, notes=notes)
    unsought = Hit(entry_of(verdict.operation), 0.0, Reasons(0.0, 0.0, 0.0))
    return Call(verdict.operation, request, (), verdict, unsought, _NO_TRAITS, 0.0, notes)


def _why(judgement: Judgement) -> str:
    if judgement.verdict is None:
        return judgement.parsed.reason
    return judgement.verdict.findings[0].message

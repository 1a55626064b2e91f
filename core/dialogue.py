"""What an engine asks a language model, step by step: waited for, or read while it comes.

>>> def steps(question):
...     yield "Asking.\\n"
...     said = yield Generate(question)
...     return Answer(question, (), 1.0, written=said.text)
>>> finished(steps("delete pet 7"), model).written
'curl …'

An engine is written once, as a generator that yields words for whoever watches and tasks for the
model, and is sent each reply. A task that fails is raised inside it as ``ModelError``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from functools import partial

from core.answer import Answer, Work
from core.errors import ModelError
from core.models.protocol import Generate, Model, Reply, reply

Dialogue = Generator[str | Generate, Reply, Answer]
_Ask = Callable[[Generate], Generator[str, None, Reply]]


def finished(dialogue: Dialogue, model: Model) -> Answer:
    """The answer, once it is there. Raises what the engine raises."""
    *_, answer = _followed(dialogue, partial(_at_once, model))
    assert isinstance(answer, Answer)
    return answer


def followed(dialogue: Dialogue, model: Model) -> Generator[str | Answer, None, None]:
    """What engine and model write piece by piece, and the answer last. Closing it stops the model.

    A model that cannot stream gives each reply in one piece.
    """
    streams = "stream" in model.capabilities
    return _followed(dialogue, model.stream if streams else partial(_at_once, model))


def _followed(dialogue: Dialogue, ask: _Ask) -> Generator[str | Answer, None, None]:
    work = Work()
    come: Reply | ModelError | None = None
    while True:
        try:
            step = _next(dialogue, come)
        except StopIteration as end:
            answer: Answer = end.value
            yield replace(answer, work=replace(work, prompts=answer.work.prompts))
            return
        come = None
        if isinstance(step, str):
            yield step
            continue
        try:
            come = yield from ask(step)
        except ModelError as error:
            come = error
        else:
            work += Work((), 1, come.prompt_tokens, come.completion_tokens, come.seconds)


def _next(dialogue: Dialogue, come: Reply | ModelError | None) -> str | Generate:
    if come is None:
        return next(dialogue)
    return dialogue.throw(come) if isinstance(come, ModelError) else dialogue.send(come)


def _at_once(model: Model, task: Generate) -> Generator[str, None, Reply]:
    made = reply(model, task)
    yield made.text
    return made

"""Examples that a model is shown before it writes code: none, any three, the three nearest, or the
three that a reranker puts first.

>>> ranked = open_ranking("free-3-retrieved")(question, found)
>>> shots(ranked, "curl")[-1]
Shot(instruction='Cancel a booking with Harbor Bookings.', output='curl --request DELETE …')

They are made from the API's own operations, so they are there for any document: what an operation
is for, and its call with example values.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.answer import Answer, Call
from core.build import build
from core.errors import CallwrightError, ModelError, UnknownNameError
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.render import client
from core.retrieval.embed import passage_text
from core.retrieval.rerank import Reranker, load_reranker
from core.settings import NONE
from core.values import ExampleValues

NUM_SHOTS = 3
_LONGEST = 2_000
"""Characters of an example: three, and all that is around them, fit into a small model."""


@dataclass(frozen=True, slots=True)
class Shot:
    """Words, and the code that answers them."""

    instruction: str
    output: str


Ranking = Callable[[str, Answer], Sequence[Operation]]
"""A question, and what search found for it → the operations to show, those first that come first
where there is no room for all."""


def ranked_nowhere(question: str, found: Answer) -> Sequence[Operation]:
    """None at all."""
    return ()


def ranked_at_random(question: str, found: Answer) -> Sequence[Operation]:
    """All operations of the API in any order, always the same for the same question."""
    listed = operations(found.calls[0].operation.document)
    of_api = [each for each in listed if isinstance(each, Operation)]
    return random.Random(question).sample(of_api, len(of_api))


def ranked_by_search(question: str, found: Answer) -> Sequence[Operation]:
    """What is nearest by words and meaning."""
    return [call.operation for call in _nearest(found)]


def ranked_again(reranker: Reranker) -> Ranking:
    """What a cross-encoder puts first of what search finds."""

    def rank(question: str, found: Answer) -> Sequence[Operation]:
        near = _nearest(found)
        scores = reranker.scores(question, [passage_text(call.hit.entry) for call in near])
        order = sorted(range(len(near)), key=lambda number: -scores[number])
        return [near[number].operation for number in order]

    return rank


RERANKED = "free-3-reranked"
RANKINGS: Mapping[str, Ranking] = {
    "free-0": ranked_nowhere,
    "free-3-random": ranked_at_random,
    "free-3-retrieved": ranked_by_search,
}
"""The ways to choose examples without a model, by the names of the engines that use them."""
WAYS = (*RANKINGS, RERANKED)
"""All of them."""


def open_ranking(way: str, reranker: str = NONE) -> Ranking:
    """The way to choose examples of an engine; ``reranker`` is a name or a folder.

    Raises ``UnknownNameError``, and ``ModelError`` where a reranker is wanted and there is none.
    """
    if way in RANKINGS:
        return RANKINGS[way]
    if way != RERANKED:
        raise UnknownNameError("engine", way, WAYS)
    if problem := lacks_reranker(reranker):
        raise ModelError(problem)
    return ranked_again(load_reranker(reranker))


def lacks_reranker(reranker: str) -> str:
    """What keeps examples from being reranked; empty where nothing does."""
    if reranker != NONE:
        return ""
    return (
        "No reranker is chosen. Choose one on the page Models, or set CALLWRIGHT_RERANKER to the "
        "name or the folder of a cross-encoder."
    )


def all_but(label: str, ranking: Ranking) -> Ranking:
    """A ranking without one operation, in any version of its API: for boards, on which the wanted
    call is no example.
    """

    def rank(question: str, found: Answer) -> Sequence[Operation]:
        return [each for each in ranking(question, found) if each.label != label]

    return rank


def shots(ranked: Sequence[Operation], client_name: str) -> Sequence[Shot]:
    """The first three operations of which a call can be made that is not too long. The first stands
    last, beside the question, as in the paper (arXiv 2402.09615).
    """
    return tuple(itertools.islice(_made(ranked, client_name), NUM_SHOTS))[::-1]


def _nearest(found: Answer) -> Sequence[Call]:
    """The operations of the API that the first of them belongs to, by words and meaning."""
    document = found.calls[0].operation.document
    of_api = [call for call in found.calls if call.operation.document is document]
    return sorted(of_api, key=lambda call: -call.hit.score)


def _made(ranked: Sequence[Operation], client_name: str) -> Iterator[Shot]:
    for operation in ranked:
        try:
            built = build(operation, ExampleValues(operation.document))
        except CallwrightError:
            continue  # no example, then: the next operation makes one
        words = operation.summary or operation.operation_id
        instruction = f"{words.rstrip('.')} with {operation.document.title}."
        code = client(client_name).render(built.request)
        if len(code) <= _LONGEST:
            yield Shot(instruction, code)

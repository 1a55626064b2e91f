"""Examples that a model is shown before it writes code: none, any three, or the three nearest.

>>> ranked = RANKINGS["free-3-retrieved"](question, found)
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

from core.answer import Answer
from core.build import build
from core.errors import CallwrightError
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.render import client
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
    ranked = sorted(found.calls, key=lambda call: -call.hit.score)
    return _of_api([call.operation for call in ranked])


def ranked_by_suitability(question: str, found: Answer) -> Sequence[Operation]:
    """What suits best by all that speaks for it."""
    return _of_api([call.operation for call in found.calls])


RANKINGS: Mapping[str, Ranking] = {
    "free-0": ranked_nowhere,
    "free-3-random": ranked_at_random,
    "free-3-retrieved": ranked_by_search,
    "free-3-reranked": ranked_by_suitability,
}
"""The ways to choose examples, by the names of the engines that use them."""


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


def _of_api(ranked: Sequence[Operation]) -> Sequence[Operation]:
    document = ranked[0].document
    return [operation for operation in ranked if operation.document is document]


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

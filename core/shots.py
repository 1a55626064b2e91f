"""Examples that a model is shown before it writes code: none, any three, or the three nearest.

>>> SHOTS["free-3-retrieved"](question, found, "curl")
(Shot(instruction='Cancel a booking with Harbor Bookings.', output='curl --request DELETE …'), …)

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


@dataclass(frozen=True, slots=True)
class Shot:
    """Words, and the code that answers them."""

    instruction: str
    output: str


Shots = Callable[[str, Answer, str], Sequence[Shot]]
"""A question, what search found for it, and a client's name → the examples to show."""


def no_shots(question: str, found: Answer, client_name: str) -> Sequence[Shot]:
    """None at all."""
    return ()


def random_shots(question: str, found: Answer, client_name: str) -> Sequence[Shot]:
    """Any operations of the API, always the same for the same question."""
    listed = operations(found.calls[0].operation.document)
    of_api = [each for each in listed if isinstance(each, Operation)]
    return _shots(random.Random(question).sample(of_api, len(of_api)), client_name)


def retrieved_shots(question: str, found: Answer, client_name: str) -> Sequence[Shot]:
    """The operations of the API whose words and meaning are nearest, the nearest last."""
    ranked = sorted(found.calls, key=lambda call: -call.hit.score)
    return _nearest([call.operation for call in ranked], client_name)


def reranked_shots(question: str, found: Answer, client_name: str) -> Sequence[Shot]:
    """The operations of the API that suit the question best by all that speaks for them, the best
    last.
    """
    return _nearest([call.operation for call in found.calls], client_name)


SHOTS: Mapping[str, Shots] = {
    "free-0": no_shots,
    "free-3-random": random_shots,
    "free-3-retrieved": retrieved_shots,
    "free-3-reranked": reranked_shots,
}
"""The ways to choose examples, by the names of the engines that use them."""


def _nearest(ranked: Sequence[Operation], client_name: str) -> Sequence[Shot]:
    """Of one API: that of the first. The most similar stands beside the question, as in the paper
    (arXiv 2402.09615).
    """
    document = ranked[0].document
    of_api = [operation for operation in ranked if operation.document is document]
    return _shots(of_api, client_name)[::-1]


def _shots(ranked: Sequence[Operation], client_name: str) -> tuple[Shot, ...]:
    """Of the first operations of which a call can be made."""
    return tuple(itertools.islice(_made(ranked, client_name), NUM_SHOTS))


def _made(ranked: Sequence[Operation], client_name: str) -> Iterator[Shot]:
    for operation in ranked:
        try:
            built = build(operation, ExampleValues(operation.document))
        except CallwrightError:
            continue  # no example, then: the next operation makes one
        words = operation.summary or operation.operation_id
        instruction = f"{words.rstrip('.')} with {operation.document.title}."
        yield Shot(instruction, client(client_name).render(built.request))

"""Models by the name that commands, engines and pages give them.

>>> open_model("transformers:/models/tiny", ())
>>> open_model("qwen", servers)
>>> open_model("pets@40", trained)

A name is that of a model on one of the given servers, that of a run which was trained here, maybe
after so many steps, or says with what to run which weights here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import UnknownNameError
from core.models.cache import FREE, Price
from core.models.in_process import InProcessModel
from core.models.local import LocalModel
from core.models.protocol import Model
from core.models.served import ServedModel
from core.models.server import Server
from core.models.trained import Trained, split_name, weights_of

BACKENDS: Mapping[str, Callable[[str], Model]] = {
    "transformers": LocalModel,
    "vllm": InProcessModel,
}
"""What runs weights in this process, by the word before the colon."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A server under the name that somebody gave its model; several of one name share the load."""

    name: str
    server: Server
    price: Price = FREE


def open_model(name: str, offers: Sequence[Offer | Trained]) -> Model:
    """The model of that name. Raises ``ModelError`` or ``UnknownNameError``."""
    backend, separator, weights = name.partition(":")
    if separator and weights and backend in BACKENDS:
        return BACKENDS[backend](weights)
    if servers := [each.server for each in offers if isinstance(each, Offer) and each.name == name]:
        return ServedModel(name, servers)
    run, step = split_name(name)
    for offer in offers:
        if isinstance(offer, Trained) and offer.name == run:
            return LocalModel(weights_of(offer.folder, step), name=name)
    known = dict.fromkeys([offer.name for offer in offers])
    raise UnknownNameError("model", name, [*known, *(f"{each}:FOLDER" for each in BACKENDS)])

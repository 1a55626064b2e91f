"""Models by the name that commands, engines and pages give them.

>>> open_model("transformers:/models/tiny", ())
>>> open_model("qwen", servers)
>>> open_model("pets@40", trained)

A name is that of a model on one of the given servers, of weights that somebody pointed at, or of a
run which was trained here, maybe after so many steps; or it says with what to run which weights.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import ModelError, UnknownNameError
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


@dataclass(frozen=True, slots=True)
class Weights:
    """A model that this process runs, under the name that somebody gave it."""

    name: str
    path_or_name: str
    """A folder, or a name on the Hugging Face hub."""


Offered = Offer | Weights | Trained
"""What a model can be opened from."""

_name = re.compile(r"[\w.@/-]{1,80}", re.ASCII)


def check_model_name(name: str) -> str:
    """The name as it was given. Raises ``ModelError`` for one that could not stand in an engine's
    name or an address.
    """
    if _name.fullmatch(name) and name not in BACKENDS:
        return name
    raise ModelError(
        f"“{name}” cannot be a model's name here. Use letters, digits and any of . - _ / @, 80 at "
        "most."
    )


def prices_of(offers: Iterable[Offered]) -> dict[str, Price]:
    """What tokens cost, by the model's name; what runs here costs nothing."""
    return {each.name: each.price if isinstance(each, Offer) else FREE for each in offers}


def open_model(name: str, offers: Sequence[Offered]) -> Model:
    """The model of that name. Raises ``ModelError`` or ``UnknownNameError``."""
    backend, separator, weights = name.partition(":")
    if separator and weights and backend in BACKENDS:
        return BACKENDS[backend](weights)
    if servers := [each.server for each in offers if isinstance(each, Offer) and each.name == name]:
        return ServedModel(name, servers)
    run, step = split_name(name)
    for offer in offers:
        if isinstance(offer, Weights) and offer.name == name:
            return LocalModel(offer.path_or_name, name=name)
        if isinstance(offer, Trained) and offer.name == run:
            return LocalModel(weights_of(offer.folder, step), name=name)
    known = dict.fromkeys([offer.name for offer in offers])
    raise UnknownNameError("model", name, [*known, *(f"{each}:FOLDER" for each in BACKENDS)])

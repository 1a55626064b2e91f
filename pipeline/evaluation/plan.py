"""One run's settings: the page's form, the command line and the row of the run are all this.

>>> Plan("copy-nearest", pool="given").title
'copy-nearest · API given'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import PurePath
from typing import Any

from core.errors import UnknownNameError
from core.render import CLIENTS
from core.store.runs import NewRun

PUBLISHED_CLIENTS = {
    client.language: name for name, client in CLIENTS.items() if client.api_pack_lang
}
"""The client of each language that API Pack published: what its scores can read."""
LANGUAGES = tuple(PUBLISHED_CLIENTS)
POOLS = {"open": "open workspace", "given": "API given"}
"""*API given* is the paper's setting: only operations of the right API are looked at, and examples
are other operations of it. *Open*: all APIs, and examples come from training rows only."""
NAMINGS = {"as asked": "as asked", "unnamed": "API's name taken out"}
POLICIES = {"asked": "values of the question", "published": "API Pack's placeholders"}


@dataclass(frozen=True)
class Plan:
    """What is measured."""

    engine: str
    test_set: str = "bundled"
    pool: str = "open"
    naming: str = "as asked"
    policy: str = "asked"
    languages: tuple[str, ...] = LANGUAGES
    limit: int | None = None
    """Questions of each level; all where it is ``None``."""
    may_abstain: bool = True
    """Whether “nothing fits” counts as an answer; the models of the paper always answer."""
    words_only: bool = False
    """Do without the embedder."""
    embedder: str = ""
    """Name or folder of what finds operations by meaning, where it is not the default one."""
    reranker: str = ""
    """Name or folder of what looks once more at what was found; empty for none."""
    executes: bool = True
    """Whether requests are sent to a mock server."""
    seed: int = 0
    repeats: int = 1
    """How often each question is asked; all answers are in one cell, and intervals know that they
    go together."""
    base_model: str = ""
    template: str = ""
    """Of the prompts that the model was trained on."""
    mixture: str = ""
    data_size: int | None = None
    """Rows that the model was trained on."""

    def __post_init__(self) -> None:
        for kind, name, known in (
            ("setting of the API", self.pool, POOLS),
            ("setting of the API's name", self.naming, NAMINGS),
            ("value policy", self.policy, POLICIES),
        ):
            if name not in known:
                raise UnknownNameError(kind, name, known)
        for language in self.languages:
            if language not in PUBLISHED_CLIENTS:
                raise UnknownNameError("language", language, LANGUAGES)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Plan:
        """The plan that a row holds; settings of older versions are passed over."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in record.items() if name in known}
        return cls(**{**values, "languages": tuple(values.get("languages", LANGUAGES))})

    @property
    def family(self) -> str:
        """The kind of engine: what stands before the model's name."""
        return self.engine.partition("+")[0]

    @property
    def model(self) -> str:
        """The model's name; empty for engines that need none."""
        return self.engine.partition("+")[2]

    @property
    def title(self) -> str:
        """What people read."""
        said = [self.engine, POOLS[self.pool]]
        if self.naming != "as asked":
            said.append(NAMINGS[self.naming])
        if self.policy != "asked":
            said.append(POLICIES[self.policy])
        if self.words_only:
            said.append("words only")
        said += [f"{what} {_short(each)}" for what, each in self._searches if each]
        if not self.may_abstain:
            said.append("always answers")
        return " · ".join(said)

    @property
    def _searches(self) -> tuple[tuple[str, str], ...]:
        return ("found by", self.embedder), ("reranked by", self.reranker)

    def as_run(self, total: int) -> NewRun:
        """The row of a run of this plan that has so many calls to judge."""
        return NewRun(
            engine=self.engine,
            test_set=self.test_set,
            pool=self.pool,
            naming=self.naming,
            policy=self.policy,
            plan=asdict(self),
            total=total,
            model=self.model,
            base_model=self.base_model,
            template=self.template,
            mixture=self.mixture,
            data_size=self.data_size,
        )


def _short(name: str) -> str:
    """What people call a model: a run that was trained here by its own name.

    >>> _short("/srv/workspace/models/pets-retriever/model")
    'pets-retriever'
    """
    path = PurePath(name)
    return path.parent.name if path.is_absolute() and path.name == "model" else name

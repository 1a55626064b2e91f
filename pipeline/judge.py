"""Is an instruction candidate good or bad, and why?

>>> found = judge(Candidate("g", "Here is a query: list pets", "Pets", "List pets", "", ""))
>>> found.label, found.reasons[0].text
('bad', 'Here is a query:')

Every judge is a function from a candidate to a :class:`Judgement`; models and people say theirs in
the same shape.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import NamedTuple

from core.candidate import Candidate
from core.errors import UnknownNameError
from core.prompts import JUDGES as PROMPTS
from core.settings import Settings
from pipeline.fitted import BUNDLED, fitted_path, judge_by, read_fitted
from pipeline.judgement import Judge, Judgement
from pipeline.rules import findings

_ENOUGH = 1.0
"""The weight of findings from which on a candidate is bad."""


def judge(candidate: Candidate) -> Judgement:
    """What the rules say. The score falls by a half with each finding that is enough by itself."""
    found = findings(candidate)
    weight = sum(finding.weight for finding in found)
    return Judgement("bad" if weight >= _ENOUGH else "good", found, max(0.0, 1 - weight / 2))


def judge_as_fitted(candidate: Candidate) -> Judgement:
    """What the workspace's own fitted judge says, or until there is one, the bundled one.

    Raises ``StoreError`` where its file is damaged.
    """
    path = _fitted_file()
    return _read(path, path.stat().st_mtime_ns)(candidate)


def stamp(judge: str) -> str:
    """Another one whenever the judge of that name may say something else."""
    return hashlib.sha256(_fitted_file().read_bytes()).hexdigest() if judge == "fitted" else ""


def _fitted_file() -> Path:
    own = fitted_path(Settings.from_environment().workspace)
    return own if own.exists() else BUNDLED


@functools.lru_cache(maxsize=2)
def _read(path: Path, _written_at: int) -> Judge:
    return judge_by(read_fitted(path))


JUDGES: dict[str, Judge] = {"rules": judge, "fitted": judge_as_fitted}
"""Those that need no language model, by the name that files, commands and boards use."""


class Prompted(NamedTuple):
    """A language model that judges when a prompt asks it."""

    prompt: str
    model: str

    def __str__(self) -> str:
        return f"{self.prompt}+{self.model}"


def prompted(judge: str) -> Prompted | None:
    """The prompt and the model of a judge that is called ``PROMPT+MODEL``; ``None`` for one of
    :data:`JUDGES`. Raises ``UnknownNameError`` for any other name.
    """
    prompt, _, model = judge.partition("+")
    if prompt in PROMPTS and model:
        return Prompted(prompt, model)
    if judge not in JUDGES:
        raise UnknownNameError("judge", judge, [*JUDGES, *(f"{each}+MODEL" for each in PROMPTS)])
    return None

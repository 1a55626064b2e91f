"""What jobs can do: each kind is a function that takes its arguments and a context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from core.errors import UnknownNameError
from core.jobs.context import JobContext

Work = Callable[[dict[str, Any], JobContext], Any]
"""Does the work and returns its result, a JSON value. It may be killed at any moment and called
again with the same arguments: what is done already must stay done, and must not be done twice."""


@dataclass(frozen=True)
class JobKind:
    """One kind of long work."""

    title: str
    work: str
    """``module:function``, imported in the job's own process only."""
    unit: str
    """What its progress counts: bytes, documents, ..."""
    is_heavy: bool = True

    def load(self) -> Work:
        """The function itself."""
        module, _, name = self.work.partition(":")
        found: Work = getattr(import_module(module), name)
        return found


KINDS: dict[str, JobKind] = {
    "import-files": JobKind("Import files", "core.jobs.importing:import_files", "bytes"),
    "import-url": JobKind("Import from the web", "core.jobs.importing:import_url", "bytes"),
    "import-directory": JobKind(
        "Import from a directory", "core.jobs.importing:import_directory", "documents"
    ),
    "build-index": JobKind("Prepare the search", "core.jobs.indexing:build", "operations"),
    "index-meanings": JobKind(
        "Learn what operations mean",
        "core.jobs.indexing:index_meanings",
        "texts",
        is_heavy=False,  # uploads do not wait for it: what is new is found by its words meanwhile
    ),
    "validate": JobKind("Validate documents", "core.jobs.validating:validate", "documents"),
    "curation": JobKind("Make a dataset", "pipeline.curation:job", "parts"),
    "evaluate": JobKind("Evaluate engines", "pipeline.evaluate:job", "calls", is_heavy=False),
    "synthesize": JobKind("Have questions written", "pipeline.catalogue:writing_job", "functions"),
    "classify": JobKind("Choose functions", "pipeline.catalogue:job", "questions"),
    "judge": JobKind("Judge candidates", "pipeline.judging:work", "candidates"),
    "judge-by-model": JobKind(
        "Judge by a language model", "pipeline.judging:work_by_model", "candidates"
    ),
    "train-sft": JobKind("Train a language model", "train.job:train", "steps"),
    "train-retriever": JobKind("Train a retriever", "train.job:train", "steps"),
    "train-reranker": JobKind("Train a reranker", "train.job:train", "steps"),
    "serve-model": JobKind("Serve a model", "train.serving:job", "", is_heavy=False),
    "row-losses": JobKind("Look for bad rows", "train.row_loss:job", "rows"),
    "count": JobKind("Count slowly", "core.jobs.counting:count", "numbers", is_heavy=False),
}
"""The kinds by the name that rows and commands use."""


def job_kind(name: str) -> JobKind:
    """The kind of that name. Raises ``UnknownNameError``."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownNameError("kind of job", name, KINDS) from None

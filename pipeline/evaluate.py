"""Ask engines, judge every call, and fill the cells of the boards while it goes on.

>>> numbers = plan_runs(store, [Plan("grounded"), Plan("copy-nearest")])
>>> control.start(store, "evaluate", {"runs": numbers})

A run works through its questions in batches. A batch is a file that is there whole or not at all
(:mod:`pipeline.evaluation.prediction`), so whoever is killed goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any

from core.errors import NoReplyError
from core.jobs.context import JobContext
from core.mock import serving
from core.prompts import load_prompt, prompts_path
from core.retrieval.embed import load_embedder
from core.settings import DEFAULT_EMBEDDER, Settings
from core.store.database import Store
from core.store.runs import Run, add_run, assign_job, find_run, finish_run, note_done, note_progress
from pipeline.evaluation.cells import cell_figures
from pipeline.evaluation.contestant import Contestant, Given, Open, open_contestant
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.prediction import (
    Scored,
    read_columns,
    run_folder,
    shard_path,
    write_shard,
)
from pipeline.evaluation.question import Question, QuestionSet
from pipeline.evaluation.question_sets import open_questions
from pipeline.evaluation.scoring import Scorer
from pipeline.evaluation.trained import as_trained, training_of

BATCH = 15
"""Questions of one file: what a killed run asks again at most."""
_FIGURE_SECONDS = 1.5
"""Between two looks at the cells while a run goes on."""
_ROOT = Path(__file__).parents[1]
_LIBRARIES = ("numpy", "rapidfuzz", "tree-sitter", "sentence-transformers", "torch")

_PROMPTS = {"grounded": ("choose", "fill")}
"""What engines with a model tell it; those that are not here let it write the answer."""

Progress = Callable[[int, int, str], None]


def no_model_plans(**settings: Any) -> list[Plan]:
    """What the first click runs: every engine that needs no model, in both settings of the API.

    The baseline comes first: it takes seconds, so the board moves at once.
    """
    return [
        Plan(engine, pool=pool, **settings)
        for engine in ("copy-nearest", "grounded")
        for pool in ("open", "given")
    ]


def plan_runs(store: Store, plans: Sequence[Plan]) -> list[int]:
    """New rows for plans; the numbers of the runs. Raises ``CallwrightError``."""
    plans = [as_trained(plan, store) for plan in plans]
    totals: dict[Plan, int] = {}
    for plan in plans:
        asked = _without_engine(plan)
        if asked not in totals:  # reading the questions takes a while
            totals[asked] = _total(open_questions(plan, store), plan)
    return [add_run(store, plan.as_run(totals[_without_engine(plan)])).id for plan in plans]


def _without_engine(plan: Plan) -> Plan:
    """What the questions hang on."""
    same = replace(plan, engine="", pool="open")
    return replace(same, base_model="", template="", mixture="", data_size=None)


def job(arguments: dict[str, Any], context: JobContext) -> Any:
    """Work on ``runs``, or on new ones for ``plans``, one after the other; those that are complete
    are passed over.
    """
    numbers: list[int] = arguments.get("runs") or context.checkpoint or []
    if not numbers:
        numbers = plan_runs(context.store, [Plan.from_record(each) for each in arguments["plans"]])
        context.save(numbers)
    assign_job(context.store, numbers, context.job.id)
    waiting = [find_run(context.store, number) for number in numbers]
    total = sum(run.total for run in waiting)
    before = 0
    for run in waiting:
        offset = before

        def progress(done: int, _total: int, message: str, offset: int = offset) -> None:
            context.progress(offset + done, total, message)

        if not run.is_complete:
            evaluate(context.store, run, progress)
        before += run.total
    context.progress(total, total)
    return {"runs": len(numbers), "calls": total}


def evaluate(
    store: Store,
    run: Run,
    progress: Progress = lambda done, total, message: None,
    sources: Sources | None = None,
) -> None:
    """Bring a run to its end, from wherever it is. Raises ``CallwrightError``."""
    sources = sources or Sources()
    plan = Plan.from_record(run.plan)
    questions = sources.open_questions(plan, store)
    folder = run_folder(store.workspace, run.id)
    board = _Board(store, run, folder)
    progress(board.done, run.total, f"{plan.title}: getting ready")
    board.show(0)
    with ExitStack() as stack:
        server = stack.enter_context(serving(questions.documents)) if plan.executes else None
        scorer = Scorer(questions, server)
        contestant: Contestant | None = None
        for batch, asked in enumerate(_batches(questions.questions)):
            path = shard_path(folder, batch)
            if path.exists():
                continue
            contestant = contestant or sources.open_engine(plan, questions, store.settings)
            write_shard(path, list(_judged(asked, contestant, scorer, plan)))
            board.add(len(asked) * len(plan.languages) * plan.repeats)
            progress(board.done, run.total, plan.title)
    board.show()
    came_from = sources.provenance(plan, questions, store.settings)
    if trained := training_of(plan, store):
        came_from["trained"] = trained
    finish_run(store, run.id, came_from)


def _total(questions: QuestionSet, plan: Plan) -> int:
    return len(questions.questions) * len(plan.languages) * plan.repeats


def _batches(questions: Sequence[Question]) -> Iterator[Sequence[Question]]:
    for start in range(0, len(questions), BATCH):
        yield questions[start : start + BATCH]


def _judged(
    asked: Sequence[Question], contestant: Contestant, scorer: Scorer, plan: Plan
) -> Iterator[Scored]:
    repeated = list(product(asked, range(plan.repeats)))
    answers = _answers([question for question, _ in repeated], contestant)
    for (question, repeat), (given, seconds) in zip(repeated, answers, strict=True):
        for language in plan.languages:
            yield scorer.judge(question, given, language, seconds=seconds, repeat=repeat)


def _answers(
    questions: Sequence[Question], contestant: Contestant
) -> Iterator[tuple[Given, float]]:
    """The answers in the order of the questions, as many at once as whoever answers can take."""
    if contestant.at_once == 1:
        yield from (timed(contestant, question) for question in questions)
        return
    pool = ThreadPoolExecutor(contestant.at_once)
    try:
        yield from pool.map(partial(timed, contestant), questions)
    finally:  # who is away is waited for once, not by each question
        pool.shutdown(wait=False, cancel_futures=True)


def timed(contestant: Contestant, question: Question) -> tuple[Given, float]:
    """The answer, and the seconds that it took; of one that was kept, those that it took then.

    A question that the model has no reply to is one without a call. Where it is away, the run ends,
    to be resumed. Raises ``CallwrightError``.
    """
    started = time.perf_counter()
    try:
        given = contestant.answer(question)
    except NoReplyError as error:
        given = Given(reason=str(error))
    took = time.perf_counter() - started
    return given, took if given.seconds is None else given.seconds


@dataclass
class _Board:
    """The cells of a run, brought up to date now and then."""

    store: Store
    run: Run
    folder: Path
    done: int = 0
    _shown_at: float = 0.0
    _took: float = 0.0

    def __post_init__(self) -> None:
        paths = self._paths()
        self.done = len(read_columns(paths)) if paths else 0

    def add(self, count: int) -> None:
        """So many calls more are judged."""
        self.done += count
        self.show(max(_FIGURE_SECONDS, 4 * self._took))

    def show(self, after_seconds: float = 0.0) -> None:
        """Write the cells, unless that was done less than so many seconds ago."""
        started = time.monotonic()
        if started - self._shown_at < after_seconds:
            note_done(self.store, self.run.id, self.done)
            return
        paths = self._paths()
        figures = list(cell_figures(read_columns(paths))) if paths else []
        note_progress(self.store, self.run.id, self.done, figures)
        self._shown_at = time.monotonic()
        self._took = self._shown_at - started

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("*.parquet"))


def provenance(plan: Plan, questions: QuestionSet, settings: Settings) -> dict[str, Any]:
    """What the figures came from."""
    return {
        "seeds": {"order": plan.seed},
        "split_hash": questions.split_hash,
        "questions": len(questions.questions),
        "training": len(questions.training),
        "left_out": dict(questions.dropped or {}),
        "note": questions.note,
        "prompts": _prompts(plan, settings),
        "embedder": "" if plan.words_only else _embedder(plan),
        "code": _code_version(),
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in _LIBRARIES},
    }


def _embedder(plan: Plan) -> str:
    return (
        load_embedder(plan.embedder or DEFAULT_EMBEDDER).name
        if plan.family != "copy-nearest"
        else ""
    )


@cache
def _code_version() -> str:
    """Twelve letters of a hash over what answers and verdicts are made by."""
    digest = hashlib.sha256()
    for path in sorted([*_ROOT.glob("core/**/*.py"), *_ROOT.glob("pipeline/evaluation/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _prompts(plan: Plan, settings: Settings) -> dict[str, str]:
    """The versions of the texts that the engine's model is told."""
    folder = prompts_path(settings.workspace)
    names = _PROMPTS.get(plan.family, ("answer",)) if plan.model else ()
    return {name: load_prompt(name, folder).version for name in names}


@dataclass(frozen=True)
class Sources:
    """Where a run's questions and answers come from: by default, from asking here and now."""

    open_questions: Callable[[Plan, Store], QuestionSet] = open_questions
    open_engine: Open = open_contestant
    provenance: Callable[[Plan, QuestionSet, Settings], dict[str, Any]] = provenance

"""The command ``evaluate``: the same runs as the page's, with the figures on the screen.

``python -m pipeline evaluate --engine grounded --pool given --limit 20``
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from core.errors import CallwrightError
from core.jobs import control
from core.metrics.measure import title_of
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.runs import Run, figures_of, find_run
from pipeline import evaluate
from pipeline.evaluation.contestant import ENGINES, MODEL_ENGINES
from pipeline.evaluation.plan import LANGUAGES, NAMINGS, POLICIES, POOLS, Plan
from pipeline.evaluation.recording import record

_SHOWN = ("right", "operation", "legal", "executed", "published_intent", "published_call")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be said behind ``evaluate``."""
    parser.add_argument(
        "--engine",
        action="append",
        metavar="NAME",
        help=f"may be repeated: {', '.join(ENGINES)} (the default), or "
        f"{', '.join(MODEL_ENGINES)} with +MODEL",
    )
    parser.add_argument(
        "--set", default="bundled", dest="test_set", help="bundled, or dataset:NAME"
    )
    parser.add_argument("--pool", choices=POOLS, default="open", help="where engines may look")
    parser.add_argument("--naming", choices=NAMINGS, default="as asked")
    parser.add_argument("--policy", choices=POLICIES, default="asked", help="value policy")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="may be repeated")
    parser.add_argument("--limit", type=int, metavar="N", help="questions of each level")
    parser.add_argument("--embedder", default="", metavar="NAME", help="what finds by meaning")
    parser.add_argument("--reranker", default="", metavar="NAME", help="what looks once more")
    parser.add_argument("--words-only", action="store_true", help="do without the embedder")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--repeats", type=int, default=1, metavar="N", help="of each question")
    parser.add_argument("--base-model", default="", metavar="NAME", help="kept with the run")
    parser.add_argument("--template", default="", metavar="NAME", help="kept with the run")
    parser.add_argument("--mixture", default="", metavar="NAME", help="kept with the run")
    parser.add_argument("--data-size", type=int, metavar="N", help="rows it was trained on")
    parser.add_argument("--resume", type=int, metavar="RUN", help="bring a run to its end")
    parser.add_argument(
        "--record", type=Path, metavar="FILE", help="keep the answers in a file, and judge nothing"
    )
    parser.add_argument("--job", action="store_true", help="start a job and return at once")


def run(arguments: argparse.Namespace) -> int:
    """Runs the plans that were asked for. Raises ``CallwrightError``."""
    store = open_store(Settings.from_environment())
    if arguments.record is not None:
        return _record(store, _plans(arguments), arguments.record)
    if arguments.resume is not None:
        numbers = [find_run(store, arguments.resume).id]
    else:
        numbers = evaluate.plan_runs(store, _plans(arguments))
    if arguments.job:
        job = control.start(store, "evaluate", {"runs": numbers})
        print(f"Job {job.id} works on the runs {', '.join(map(str, numbers))}.")
        return 0
    for number in numbers:
        evaluate.evaluate(store, find_run(store, number), _say)
        print(file=sys.stderr)
        _print(store, find_run(store, number))
    return 0


def _record(store: Store, plans: list[Plan], path: Path) -> int:
    """Raises ``CallwrightError``."""
    if len(plans) != 1:
        raise CallwrightError("A file holds the answers of one engine: name it with --engine.")
    print(f"{record(plans[0], store, path):,} answers in {path}")
    return 0


def _plans(arguments: argparse.Namespace) -> list[Plan]:
    return [
        Plan(
            engine,
            test_set=arguments.test_set,
            pool=arguments.pool,
            naming=arguments.naming,
            policy=arguments.policy,
            languages=tuple(arguments.language or LANGUAGES),
            limit=arguments.limit,
            words_only=arguments.words_only,
            embedder=arguments.embedder,
            reranker=arguments.reranker,
            seed=arguments.seed,
            repeats=arguments.repeats,
            base_model=arguments.base_model,
            template=arguments.template,
            mixture=arguments.mixture,
            data_size=arguments.data_size,
        )
        for engine in arguments.engine or ENGINES
    ]


def _say(done: int, total: int, message: str) -> None:
    print(f"\r{done:,} of {total:,}  {message}", end="", file=sys.stderr, flush=True)


def _print(store: Store, run_: Run) -> None:
    print(f"Run {run_.id}: {Plan.from_record(run_.plan).title}")
    figures = figures_of(store, _SHOWN, numbers=[run_.id], languages=["all"]).get(run_.id, [])
    for figure in sorted(figures, key=lambda each: (each.level, _SHOWN.index(each.measure))):
        share = f"{100 * figure.value:5.1f} % ({100 * figure.low:.1f}-{100 * figure.high:.1f})"
        print(f"  level {figure.level}  {title_of(figure.measure):18}  {share}  n={figure.count:,}")

"""The commands ``run``, one for each step, ``funnel`` and ``leaks``.

``python -m pipeline run --dataset pets --folder examples/documents``
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.jobs import control
from core.parse import LANGUAGES
from core.settings import Settings
from core.store.database import open_store
from core.values import POLICIES
from pipeline.curation import run_steps
from pipeline.dataset import Dataset, create_dataset, dataset_names, open_dataset
from pipeline.drop import FILTERS
from pipeline.export import version_path
from pipeline.funnel import funnel, stages
from pipeline.judge import JUDGES
from pipeline.recipe import Recipe, folder_documents, workspace_documents
from pipeline.split import leaks_of
from pipeline.steps import STEPS

_MAKES_RECIPES = ("run", "curate")


def add_step_options(parser: argparse.ArgumentParser, name: str) -> None:
    """What can be said behind ``run`` or the name of a step."""
    _add_dataset(parser)
    if name in _MAKES_RECIPES:
        _add_recipe(parser)
    if name == "run":
        parser.add_argument(
            "--steps", type=_names, default=list(STEPS), metavar="A,B", help="only these"
        )
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes")
    parser.add_argument("--job", action="store_true", help="start a job and return at once")
    parser.set_defaults(run=partial(_run, name))


def add_funnel_options(parser: argparse.ArgumentParser) -> None:
    """What can be said behind ``funnel``."""
    _add_dataset(parser)
    parser.set_defaults(run=_run_funnel)


def add_leaks_options(parser: argparse.ArgumentParser) -> None:
    """What can be said behind ``leaks``."""
    _add_dataset(parser)
    parser.set_defaults(run=_run_leaks)


def _add_dataset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dataset", required=True, metavar="NAME", help="a name of your own")


def _add_recipe(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--folder", type=Path, metavar="DIR", help="documents: a folder or a zip")
    where.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="SHA256",
        help="a document of the workspace; may be repeated (default: all)",
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one document in N")
    parser.add_argument(
        "--languages", type=_names, default=list(LANGUAGES), metavar="A,B", help="default: all ten"
    )
    parser.add_argument("--values", choices=POLICIES, default=Recipe.values, help="value policy")
    parser.add_argument("--judge", choices=JUDGES, default=Recipe.judge, help="says what is good")
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    for level, what in ((1, "asked in new words"), (2, "held out"), (3, "of APIs, held out")):
        default = getattr(Recipe, f"level_{level}")
        parser.add_argument(f"--level-{level}", type=float, default=default, help=f"share {what}")
    parser.add_argument("--no-own-calls", action="store_true", help="only rendered calls")
    parser.add_argument("--any-language", action="store_true", help="not only English documents")
    parser.add_argument("--no-jsonl", action="store_true", help="only Parquet")


def _run(name: str, arguments: argparse.Namespace) -> int:
    """Runs one step or all. Raises ``CallwrightError``."""
    settings = Settings.from_environment()
    if name in _MAKES_RECIPES and _names_documents(arguments, settings):
        dataset = create_dataset(settings.workspace, arguments.dataset, _recipe(arguments))
    else:
        dataset = open_dataset(settings.workspace, arguments.dataset)
    steps = arguments.steps if name == "run" else [name]
    if arguments.job:
        job_arguments = {"dataset": dataset.name, "steps": steps, "workers": arguments.workers}
        job = control.start(open_store(settings), "curation", job_arguments, dataset.name)
        print(f"Job {job.id} makes {dataset.name}.")
        return 0
    ran = run_steps(dataset, settings, steps, workers=arguments.workers, progress=_say)
    print(file=sys.stderr)
    for step, each in ran.items():
        print(f"{step:10}{each.made:5} of {each.parts} parts made, {each.seconds:8.1f} CPU seconds")
    if "export" in ran:
        print(version_path(dataset))
    return 0


def _names_documents(arguments: argparse.Namespace, settings: Settings) -> bool:
    """Whether a recipe is given; without one, a dataset that is there goes on as it was."""
    is_new = arguments.dataset not in dataset_names(settings.workspace)
    return is_new or arguments.folder is not None or bool(arguments.document)


def _recipe(arguments: argparse.Namespace) -> Recipe:
    if arguments.folder is not None:
        documents = folder_documents(arguments.folder, every=arguments.every)
    else:
        store = open_store(Settings.from_environment())
        found = workspace_documents(store, tuple(arguments.document))
        documents = found[:: arguments.every]
    recipe = Recipe(
        documents=documents,
        folder=str(arguments.folder.absolute()) if arguments.folder else "",
        languages=tuple(arguments.languages),
        values=arguments.values,
        judge=arguments.judge,
        own_calls=not arguments.no_own_calls,
        english_only=not arguments.any_language,
        seed=arguments.seed,
        jsonl=not arguments.no_jsonl,
    )
    levels = {f"level_{level}": getattr(arguments, f"level_{level}") for level in (1, 2, 3)}
    return replace(recipe, **levels)


def _run_funnel(arguments: argparse.Namespace) -> int:
    dataset = _dataset(arguments)
    for bar in funnel(dataset):
        filter_ = FILTERS[bar.filter]
        title = f"{filter_.step}: {filter_.title}"
        print(
            f"{bar.source[:24]:24} {title[:56]:56} {bar.before:10,} {-bar.lost:9,} {filter_.unit}"
        )
    print()
    for stage in stages(dataset):
        counts = f"{stage.apis:7,} APIs {stage.operations:9,} operations {stage.calls:11,} calls"
        print(f"{stage.source[:24] or 'all':24} after {stage.step:10}{counts}")
    return 0


def _run_leaks(arguments: argparse.Namespace) -> int:
    found = leaks_of(_dataset(arguments))
    for leak in found:
        print(leak)
    print(f"{len(found)} leaks")
    return 1 if found else 0


def _dataset(arguments: argparse.Namespace) -> Dataset:
    return open_dataset(Settings.from_environment().workspace, arguments.dataset)


def _say(done: int, total: int, message: str) -> None:
    print(f"\r{done} of {total}: {message:60}", end="", file=sys.stderr)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]

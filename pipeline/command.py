"""The commands ``run``, one for each step, ``funnel`` and ``leaks``.

``python -m pipeline run --dataset pets --folder examples/documents``
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.errors import DatasetError
from core.jobs import control
from core.parse import LANGUAGES
from core.prompts import JUDGES as PROMPTED
from core.settings import Settings
from core.store.database import open_store
from core.store.judge_verdicts import champion
from core.values import POLICIES
from pipeline.asking import check_models
from pipeline.curation import run_steps
from pipeline.dataset import Dataset, create_dataset, dataset_names, open_dataset
from pipeline.drop import FILTERS
from pipeline.export import version_path
from pipeline.funnel import funnel, stages
from pipeline.judge import JUDGES
from pipeline.recipe import Recipe, folder_documents, workspace_documents
from pipeline.share import ALL, Share, read_share
from pipeline.split import leaks_of
from pipeline.steps import STEPS, WHOLE
from pipeline.usage import ask_again, used
from pipeline.workers import ENGINES, LOCAL

_MAKES_RECIPES = ("run", "curate")
_BY_MODEL = {
    "refiner": "rewrites the seed examples (default: they stay as templates wrote them)",
    "writer": "writes the candidates (default: templates do)",
    "scorer": "orders the candidates by back-translation (default: measures do)",
}
"""Options that name a language model: a server of the workspace, or ``transformers:FOLDER``."""


def add_step_options(parser: argparse.ArgumentParser, name: str) -> None:
    """What can be said behind ``run`` or the name of a step."""
    _add_dataset(parser)
    if name in _MAKES_RECIPES:
        _add_recipe(parser)
    if name == "run":
        parser.add_argument(
            "--steps", type=_names, default=list(STEPS), metavar="A,B", help="only these"
        )
    _add_workers(parser)
    parser.add_argument("--job", action="store_true", help="start a job and return at once")
    parser.add_argument(
        "--ask-again", action="store_true", help="ask models once more for what they failed to do"
    )
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
    parser.add_argument(
        "--judge",
        default=Recipe.judge,
        metavar="NAME",
        help=f"says what is good: {', '.join(JUDGES)}, champion (as chosen on the page Labels), or "
        f"PROMPT+MODEL with one of {', '.join(PROMPTED)}",
    )
    for option, what in _BY_MODEL.items():
        parser.add_argument(f"--{option}", default="", metavar="MODEL", help=what)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    for level, what in ((1, "asked in new words"), (2, "held out"), (3, "of APIs, held out")):
        default = getattr(Recipe, f"level_{level}")
        parser.add_argument(f"--level-{level}", type=float, default=default, help=f"share {what}")
    parser.add_argument("--no-own-calls", action="store_true", help="only rendered calls")
    parser.add_argument("--any-language", action="store_true", help="not only English documents")
    parser.add_argument("--no-jsonl", action="store_true", help="only Parquet")


def _add_workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers", type=_positive, default=1, metavar="N", help="parts made at a time"
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default=LOCAL, help="processes of this machine, or Ray"
    )
    parser.add_argument(
        "--ray-address",
        metavar="HOST:PORT",
        help="a cluster for --engine ray (default: CALLWRIGHT_RAY_ADDRESS, else this machine)",
    )
    parser.add_argument(
        "--shard",
        type=_share,
        default=ALL,
        metavar="I/N",
        help="make only the I-th of N shares of the parts, for the array jobs of a batch system",
    )


def _run(name: str, arguments: argparse.Namespace) -> int:
    """Runs one step or all. Raises ``CallwrightError``."""
    settings = Settings.from_environment()
    if name in _MAKES_RECIPES and _names_documents(arguments, settings):
        dataset = create_dataset(settings.workspace, arguments.dataset, _recipe(arguments))
    else:
        dataset = open_dataset(settings.workspace, arguments.dataset)
    steps = arguments.steps if name == "run" else [name]
    if arguments.ask_again:
        ask_again(dataset)
    if arguments.job:
        return _start_job(dataset, settings, steps, arguments)
    share: Share = arguments.shard
    later = [step for step in steps if step in WHOLE] if name == "run" and share != ALL else []
    ran = run_steps(
        dataset,
        replace(settings, ray_address=arguments.ray_address or settings.ray_address),
        [step for step in steps if step not in later],
        workers=arguments.workers,
        engine=arguments.engine,
        share=share,
        progress=_say,
    )
    print(file=sys.stderr)
    for step, each in ran.items():
        print(f"{step:10}{each.made:5} of {each.parts} parts made, {each.seconds:8.1f} CPU seconds")
    for usage, cost in used(dataset, settings) if dataset.recipe.models else ():
        tokens = f"{usage.prompt_tokens:,} tokens read, {usage.completion_tokens:,} written"
        print(
            f"{usage.step} by {usage.model}: {usage.calls:,} asked, {usage.failures:,} failed, "
            f"{tokens}, {usage.seconds:.1f} s, cost {cost:.4f}; over all runs"
        )
    if later:
        print(
            f"{' and '.join(later)} need what all {share.count} shards make. When they have ended: "
            f"python -m pipeline run --dataset {dataset.name}"
        )
    elif "export" in ran and share == ALL:
        print(version_path(dataset))
    return 0


def _start_job(
    dataset: Dataset, settings: Settings, steps: list[str], arguments: argparse.Namespace
) -> int:
    if arguments.shard != ALL or arguments.ray_address:
        raise DatasetError(
            "A job makes all shards, and finds its Ray by CALLWRIGHT_RAY_ADDRESS. Leave --job "
            "away, or --shard and --ray-address."
        )
    job_arguments = {
        "dataset": dataset.name,
        "steps": steps,
        "workers": arguments.workers,
        "engine": arguments.engine,
    }
    job = control.start(open_store(settings), "curation", job_arguments, dataset.name)
    print(f"Job {job.id} makes {dataset.name}.")
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
        judge=_judge(arguments.judge),
        own_calls=not arguments.no_own_calls,
        english_only=not arguments.any_language,
        seed=arguments.seed,
        jsonl=not arguments.no_jsonl,
    )
    levels = {f"level_{level}": getattr(arguments, f"level_{level}") for level in (1, 2, 3)}
    models = {option: getattr(arguments, option) for option in _BY_MODEL}
    whole = replace(recipe, **levels, **models)
    check_models(whole.models, Settings.from_environment())
    return whole


def _judge(name: str) -> str:
    """The judge of that name; the one that people chose where it is asked for."""
    if name != "champion":
        return name
    with closing(open_store(Settings.from_environment())) as store:
        chosen = champion(store)
    if chosen is None:
        raise DatasetError("Nobody has chosen a champion yet. Run “judges --choose” first.")
    return chosen.judge


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


def _share(text: str) -> Share:
    try:
        return read_share(text)
    except DatasetError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of workers. Write 1 or more.")
    return int(text)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]

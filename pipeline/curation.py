"""A dataset made from beginning to end: by a command, by a job, or in small to look at it first."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from core.jobs.context import JobContext
from core.settings import Settings
from pipeline.dataset import Dataset, create_dataset, open_dataset, read_rows
from pipeline.export import version_path
from pipeline.recipe import Recipe, without_models
from pipeline.row import SPLITS, DatasetRow
from pipeline.share import ALL, Share
from pipeline.steps import STEPS, step_called
from pipeline.work import Ran, run_step
from pipeline.workers import LOCAL, hired

Progress = Callable[[int, int, str], None]
"""Parts done, of how many, and what is being done; may raise to stop."""

_PREVIEWED = 3
"""Documents of a preview, the smallest."""


def run_steps(
    dataset: Dataset,
    settings: Settings,
    steps: Iterable[str] = tuple(STEPS),
    *,
    workers: int = 1,
    engine: str = LOCAL,
    share: Share = ALL,
    progress: Progress = lambda done, total, message: None,
) -> dict[str, Ran]:
    """Bring these steps up to date, in their order. Raises ``CallwrightError``."""
    # Workers elsewhere know nothing of the folder that this process is in.
    dataset = replace(dataset, path=dataset.path.absolute())
    settings = replace(settings, workspace=settings.workspace.absolute())
    wanted = {step_called(name).name for name in steps}
    chosen = [step for name, step in STEPS.items() if name in wanted]
    total = sum(len(share.of(step.parts(dataset))) for step in chosen)
    before = 0
    ran: dict[str, Ran] = {}
    with hired(engine, dataset, settings, workers) as make_all:
        for step in chosen:
            ran[step.name] = run_step(
                step,
                dataset,
                settings,
                make_all=make_all,
                share=share,
                progress=lambda done, _, said, before=before: progress(before + done, total, said),  # type: ignore[misc]
            )
            before += ran[step.name].parts
    return ran


def job(arguments: dict[str, Any], context: JobContext) -> Any:
    """Make the dataset ``dataset``: the ``steps``, by ``workers`` of an ``engine``."""
    dataset = open_dataset(context.store.workspace, arguments["dataset"])
    ran = run_steps(
        dataset,
        context.store.settings,
        arguments.get("steps", list(STEPS)),
        workers=int(arguments.get("workers", 1)),
        engine=arguments.get("engine", LOCAL),
        progress=context.progress,
    )
    done = (version_path(dataset) / "manifest.json").exists()
    return {
        "dataset": dataset.name,
        "version": version_path(dataset).name if done else None,
        "steps": {name: asdict(each) for name, each in ran.items()},
    }


def preview(recipe: Recipe, settings: Settings, *, count: int = 3) -> list[DatasetRow]:
    """Some rows that a recipe would make, from its smallest documents; nothing is kept, and no
    language model is asked.

    Raises ``CallwrightError``.
    """
    smallest = sorted(recipe.documents, key=lambda document: document.num_bytes)[:_PREVIEWED]
    small = replace(
        without_models(recipe), documents=tuple(smallest), level_2=0.0, level_3=0.0, jsonl=False
    )
    with tempfile.TemporaryDirectory() as folder:
        dataset = create_dataset(Path(folder), "preview", small)
        run_steps(dataset, settings)
        version = version_path(dataset)
        rows = [read_rows(version, SPLITS[0], language) for language in recipe.languages]
        # One of each language in turn, so that three rows show more than one.
        return list(islice(chain.from_iterable(zip(*rows, strict=False)), count))


def command_of(
    recipe: Recipe,
    name: str,
    steps: Iterable[str] = (),
    *,
    workers: int = 1,
    engine: str = LOCAL,
    names_documents: bool = True,
) -> str:
    """The command that makes a dataset of this recipe, as a person types it.

    Documents need no name where they are all of the workspace.
    """
    words = ["python", "-m", "pipeline", "run", "--dataset", name]
    if recipe.folder:
        words += ["--folder", recipe.folder]
    elif names_documents:
        words += [word for each in recipe.documents for word in ("--document", each.name[:12])]
    default = {field.name: field.default for field in fields(Recipe)}
    if recipe.languages != default["languages"]:
        words += ["--languages", ",".join(recipe.languages)]
    for option in _OPTIONS:
        if getattr(recipe, option) != default[option]:
            words += [f"--{option.replace('_', '-')}", str(getattr(recipe, option))]
    for option, spelling in _SWITCHES.items():
        if not getattr(recipe, option):
            words.append(spelling)
    if chosen := list(steps):
        words += ["--steps", ",".join(chosen)]
    if workers != 1:
        words += ["--workers", str(workers)]
    if engine != LOCAL:
        words += ["--engine", engine]
    return shlex.join(words)


_OPTIONS = (
    "values", "judge", "refiner", "writer", "scorer", "seed", "level_1", "level_2", "level_3"
)  # fmt: skip
"""Fields of the recipe that options of the same name set."""
_SWITCHES = {
    "own_calls": "--no-own-calls",
    "english_only": "--any-language",
    "jsonl": "--no-jsonl",
}
"""What switches a field of the recipe off."""

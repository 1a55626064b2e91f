"""What is done with the catalogues of a workspace: questions are made, engines are asked.

>>> make_questions(workspace, "map-drawing", per_function=8, seed=1).provenance["dropped"]
{}
>>> control.start(store, "classify", {"catalogue": "map-drawing", "sizes": [10, 50, 200]})
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.catalogue.asking import Example
from core.catalogue.folder import (
    Questions,
    keep_questions,
    keep_run,
    open_catalogue,
    read_questions,
    read_runs,
    slug,
)
from core.catalogue.function import Catalogue, Function, document_of
from core.document_cache import DocumentCache
from core.errors import StoreError
from core.jobs.context import JobContext
from core.models.cache import CachedModel, ReplyCache, replies_path
from core.models.opening import open_model
from core.models.protocol import Model
from core.prompts import prompts_path
from core.retrieval.embed import load_embedder
from core.settings import NONE
from core.store.database import Store
from core.store.documents import live_documents
from core.store.model_servers import model_offers
from pipeline.asking import called
from pipeline.chat_questions import CHAT, liked_questions
from pipeline.chooser import ENGINES, Tools
from pipeline.classify import SIZES, Run, Setup, classify, functions_of, run_of
from pipeline.synthesize import checked, synthesize
from pipeline.synthetic import synthetic_questions

KIND = "classify"
WRITING = "synthesize"
"""The kinds of jobs that measure, and that have questions written."""
TEMPLATES, HAND = "template", "hand"
ORIGINS = (HAND, TEMPLATES, CHAT, "all")
_MOST_OPERATIONS = 1_000
"""Of a document whose functions fill catalogues up; larger ones take long to open."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Plan:
    """What to ask: the page's form, the command and the job mean the same by it."""

    catalogue: str
    engines: tuple[str, ...] = ENGINES
    sizes: tuple[int, ...] = SIZES
    words_only: bool = False
    """Do without the embedder."""
    origin: str = ""
    """Of :data:`ORIGINS`: which questions. Without one, those of people; where there are none,
    those from templates, which say little of how an engine would do."""
    seed: int = 1

    def setups(self) -> list[Setup]:
        """Every engine with every size. Raises ``UnknownNameError``."""
        return [Setup(engine, size, self.seed) for size in self.sizes for engine in self.engines]


def make_questions(
    store: Store, name: str, *, per_function: int, seed: int, model: str = ""
) -> Questions:
    """Have templates, or a language model, write questions anew and keep them; those that others
    wrote stay. Raises ``CallwrightError``.
    """
    catalogue = open_catalogue(store.workspace, name)
    made = (
        _written_by(store, catalogue, model, per_function, seed)
        if model
        else synthesize(catalogue, per_function=per_function, seed=seed)
    )
    origin = f"model:{called(model)}" if model else TEMPLATES
    known = read_questions(store.workspace, name).examples
    others = tuple(each for each in known if each.origin != origin)
    questions = replace(made, examples=others + made.examples)
    keep_questions(store.workspace, name, questions)
    return questions


def _written_by(
    store: Store, catalogue: Catalogue, name: str, per_function: int, seed: int
) -> Questions:
    with ReplyCache(replies_path(store.workspace)) as cache:
        opened = open_model(name, model_offers(store))
        return synthetic_questions(
            catalogue,
            CachedModel(opened, cache, step="synthesize"),
            per_function=per_function,
            seed=seed,
            called=called(name),
            prompts=prompts_path(store.workspace),
        )


def add_questions(store: Store, name: str, found: Sequence[Example]) -> Counter[str]:
    """Keep questions that people wrote, in place of earlier ones with the same ids.

    Returns how many were left out, by reason: what templates may not do, people may not either.
    Raises ``CallwrightError``.
    """
    catalogue = open_catalogue(store.workspace, name)
    kept, dropped = checked(found, catalogue, document_of([catalogue]))
    known = read_questions(store.workspace, name)
    new = {each.id: each for each in kept}
    rest = tuple(each for each in known.examples if each.id not in new)
    keep_questions(store.workspace, name, replace(known, examples=(*new.values(), *rest)))
    return dropped


def run_plan(store: Store, plan: Plan, progress: Progress) -> list[Run]:
    """Ask, and keep each run as soon as it is there. Raises ``CallwrightError``."""
    catalogue = open_catalogue(store.workspace, plan.catalogue)
    kept = read_questions(store.workspace, plan.catalogue).examples
    origin = plan.origin or usual_origin(kept)
    known = [*kept, *liked_questions(store, catalogue)]
    examples = [each for each in known if origin in ("all", each.origin)]
    if not examples:
        raise StoreError(
            f"{catalogue.name} has no such questions yet. Make some first; those of the chat count "
            "once somebody liked their answer."
        )
    setups = plan.setups()
    total = len(setups) * len(examples)
    progress(0, total, "opening what is to choose from")
    fillers = list(_fillers(store, catalogue, max(plan.sizes, default=0)))
    tools = _tools(store, plan)
    runs = []
    for number, setup in enumerate(setups):

        def tell(done: int, _total: int, number: int = number, setup: Setup = setup) -> None:
            said = f"{setup.engine} among {setup.size} functions"
            progress(number * len(examples) + done, total, said)

        run = classify(catalogue, examples, setup, fillers, tools, tell)
        name = f"{time.time_ns()}-{slug(setup.engine)}-{run.size}"
        keep_run(store.workspace, plan.catalogue, name, run.as_json())
        runs.append(run)
    return runs


def usual_origin(examples: Iterable[Example]) -> str:
    """Whose questions are asked where nobody says otherwise."""
    return HAND if any(each.origin == HAND for each in examples) else TEMPLATES


def kept_runs(store: Store, name: str) -> list[Run]:
    """The runs of a catalogue, the newest first. Raises ``StoreError``."""
    return [run_of(row) for row in read_runs(store.workspace, name)]


def job(arguments: dict[str, Any], context: JobContext) -> dict[str, int]:
    """``classify`` as a job; interrupted, it begins anew, and what was kept stays."""
    lists = [name for name in ("engines", "sizes") if name in arguments]
    plan = Plan(**(arguments | {name: tuple(arguments[name]) for name in lists}))
    runs = run_plan(context.store, plan, context.progress)
    return {"runs": len(runs), "answers": sum(len(run.outcomes) for run in runs)}


def writing_job(arguments: dict[str, Any], context: JobContext) -> dict[str, int]:
    """``synthesize`` as a job; interrupted, it asks only what the model has not answered yet."""
    made = make_questions(
        context.store,
        arguments["catalogue"],
        per_function=arguments["per_function"],
        seed=arguments["seed"],
        model=arguments["model"],
    )
    by_model = [each for each in made.examples if each.origin == made.provenance["made_by"]]
    return {"questions": len(by_model), **made.provenance["dropped"]}


def _tools(store: Store, plan: Plan) -> Tools:
    """A model is asked through the workspace's cache: what it has said already costs nothing."""
    cache = ReplyCache(replies_path(store.workspace))

    def open_cached(name: str) -> Model:
        return CachedModel(open_model(name, model_offers(store)), cache, step="classify")

    name = store.settings.embedder
    embedder = None if plan.words_only or name == NONE else load_embedder(name)
    return Tools(embedder, open_cached, prompts_path(store.workspace))


def _fillers(store: Store, catalogue: Catalogue, size: int) -> Iterator[Function]:
    """Functions of the workspace's documents, by their hashes, until there are enough.

    A document that was made of the catalogue itself would only have its functions twice.
    """
    cache = DocumentCache(store)
    found = len(catalogue.functions)
    for row in sorted(live_documents(store), key=lambda row: row.sha256):
        if found >= size:
            return
        if 0 < row.num_operations <= _MOST_OPERATIONS and row.title != catalogue.name:
            for function in functions_of([cache.get(row.sha256)]):
                found += 1
                yield function

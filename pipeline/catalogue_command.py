"""The commands ``synthesize`` and ``classify``.

``python -m pipeline classify --catalogue map-drawing --sizes 10,50,200``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson

from core.catalogue.folder import keep_catalogue, open_catalogue, questions_file
from core.catalogue.source import read_catalogue
from core.errors import DocumentError
from core.samples import add_samples
from core.settings import Settings
from core.store.database import Store, open_store
from pipeline.catalogue import ORIGINS, Plan, make_questions, run_plan
from pipeline.chooser import ENGINES, VARIANTS
from pipeline.classify import PUBLISHED, SIZES, Run


def add_synthesize_options(parser: argparse.ArgumentParser) -> None:
    """What can be said behind ``synthesize``."""
    _add_catalogue(parser)
    parser.add_argument("--per-function", type=int, default=8, metavar="N", help="(default: 8)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--model", default="", metavar="NAME", help="a language model writes them, not templates"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="also write them here, as JSON")
    parser.set_defaults(run=_synthesize)


def add_classify_options(parser: argparse.ArgumentParser) -> None:
    """What can be said behind ``classify``."""
    _add_catalogue(parser)
    parser.add_argument(
        "--engines",
        type=_names,
        default=ENGINES,
        metavar="A,B",
        help=f"{', '.join(ENGINES)} (the default), or {', '.join(VARIANTS)} with +MODEL",
    )
    parser.add_argument(
        "--sizes",
        type=_numbers,
        default=SIZES,
        metavar="N,N",
        help="functions to choose from; others of the workspace fill the catalogue up",
    )
    parser.add_argument("--origin", choices=ORIGINS, default=Plan.origin, help="which questions")
    parser.add_argument("--words-only", action="store_true", help="do without the embedder")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.set_defaults(run=_classify)


def _add_catalogue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--catalogue",
        required=True,
        metavar="NAME|FILE",
        help="one of the workspace, or a file to bring in: JSON, Python, or an OpenAPI document",
    )


def _synthesize(arguments: argparse.Namespace) -> int:
    store = _store()
    name = _name(store, arguments.catalogue)
    made = make_questions(
        store,
        name,
        per_function=arguments.per_function,
        seed=arguments.seed,
        model=arguments.model,
    )
    for key, value in made.provenance.items():
        print(f"{key}: {value}")
    print(f"questions: {len(made.examples)}")
    if arguments.out:
        arguments.out.write_bytes(orjson.dumps(questions_file(made), option=orjson.OPT_INDENT_2))
    return 0


def _classify(arguments: argparse.Namespace) -> int:
    store = _store()
    plan = Plan(
        _name(store, arguments.catalogue),
        engines=arguments.engines,
        sizes=arguments.sizes,
        words_only=arguments.words_only,
        origin=arguments.origin,
        seed=arguments.seed,
    )
    runs = run_plan(store, plan, _say)
    print(file=sys.stderr)
    for line in _lines(runs):
        print(line)
    return 0


def _lines(runs: list[Run]) -> Iterator[str]:
    for run in runs:
        by = "words and meaning" if run.embedder else "words"
        yield f"{run.setup.engine} among {run.size} functions, by {by}"
        halves = {
            "reported": run.where(lambda each: not each.is_tuned),
            "tuned": run.where(lambda each: each.is_tuned),
        }
        for half, part in halves.items():
            clear = part.where(lambda each: each.rivals == 0)
            other = part.where(lambda each: each.rivals > 0)
            yield f"  {half:9} function        {part.share('function')}"
            yield f"  {half:9} module          {part.share('module')}"
            yield f"  {half:9} with arguments  {part.entirely_right()}"
            yield f"  {half:9} clear by words  {clear.share('function')}"
            yield f"  {half:9} ambiguous       {other.share('function')}"
    yield "From elsewhere, on another catalogue (arXiv 2409.11703):"
    for model, level, value in PUBLISHED:
        yield f"  {model:11}{level:10}{value:.3f}"


def _store() -> Store:
    store = open_store(Settings.from_environment())
    add_samples(store)
    return store


def _name(store: Store, given: str) -> str:
    """The name of a catalogue, which is brought in first where it is a file."""
    path = Path(given)
    if not path.is_file():
        open_catalogue(store.workspace, given)
        return given
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{given} cannot be read: {error.strerror}.") from error
    return keep_catalogue(store.workspace, read_catalogue(path.name, data))


def _say(done: int, total: int, message: str) -> None:
    print(f"\r{done} of {total}: {message:60}", end="", file=sys.stderr)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(name) for name in _names(text))

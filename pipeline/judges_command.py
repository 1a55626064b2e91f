"""The command ``judges``: which judge agrees best with what people have labelled.

``python -m pipeline judges --models qwen,llama --choose Ana``
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from contextlib import closing
from math import isnan

from core.errors import StoreError
from core.labeling.agreement import Estimate
from core.labeling.board import Board, best_judge, board_of, figures_of
from core.prompts import JUDGES as PROMPTED
from core.settings import Settings
from core.store.annotators import add_annotator
from core.store.database import Store, open_store
from core.store.judge_verdicts import champion, choose_champion
from core.store.labels import labelled_keys
from pipeline.judge import JUDGES
from pipeline.judging import judge_by_model, judge_candidates, model_that_judges


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be said behind ``judges``."""
    parser.add_argument(
        "--models", type=_names, default=(), metavar="A,B", help="language models that judge, too"
    )
    parser.add_argument(
        "--prompts", type=_names, default=PROMPTED, metavar="A,B", help="default: every prompt"
    )
    parser.add_argument("--pool", default="", help="only candidates that came with this")
    parser.add_argument(
        "--choose", default="", metavar="NAME", help="let the best decide, chosen in this name"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Judges what is labelled, and prints how well. Raises ``CallwrightError``."""
    with closing(open_store(Settings.from_environment())) as store:
        keys = sorted(labelled_keys(store))
        if not keys:
            raise StoreError("Nobody has labelled anything yet. Label some on the page Labels.")
        judge_candidates(store, list(JUDGES), keys)
        for name in arguments.models:
            _ask(store, name, arguments.prompts, keys)
        board = board_of(store, arguments.pool)
        _print(board)
        if arguments.choose:
            _choose(store, board, arguments.choose)
    return 0


def _ask(store: Store, name: str, prompts: tuple[str, ...], keys: list[str]) -> None:
    """Have a model judge by every prompt, and tell what it did not decide."""
    silent: Counter[tuple[str, str]] = Counter()

    def drop(judge: str, _key: str, reason: str) -> None:
        silent[judge, reason] += 1

    with model_that_judges(store, name) as model:
        for prompt in prompts:
            judge_by_model(store, model, prompt, keys, drop)
    for (judge, reason), count in silent.most_common():
        print(f"{judge} said nothing of {count}: {reason}", file=sys.stderr)


def _print(board: Board) -> None:
    best = best_judge(board)
    print(f"{'judge':44}{'labels':>7}{'kappa':>22}{'precision of bad':>22}{'recall of bad':>22}")
    for judge, found in board.judges.items():
        figures = (found.kappa, found.bad_precision, found.bad_recall)
        mark = " best" if judge == best else ""
        print(f"{judge[:44]:44}{found.num_candidates:7,}", *map(_said, figures), mark, sep="")


def _said(figure: Estimate) -> str:
    """With its 95 % interval."""
    if isnan(figure.value):
        return f"{'–':>22}"
    return f"{f'{figure.value:.3f} ({figure.low:.2f} to {figure.high:.2f})':>22}"


def _choose(store: Store, board: Board, person: str) -> None:
    best = best_judge(board)
    if best is None:
        raise StoreError("No judge can be compared: people have to call some good and some bad.")
    name = add_annotator(store, person)
    before = champion(store)
    if before is None or before.judge != best:
        choose_champion(store, best, name, figures_of(board.judges[best]))
    print(f"{best} decides in the pipeline: python -m pipeline run --judge champion")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())

"""A training command at work: alone in its folder, heard in the terminal and in the metrics.

>>> with training(out, "sft", settings, {"path": "…/export/69e2"}) as report:
...     train_sft(settings, data, out, report)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from core.settings import Settings
from core.store.database import open_store
from core.store.training_runs import Kind, note_made_with
from train.checkpoint import read_run
from train.lock import training_in
from train.metrics import recorder
from train.processes import is_first
from train.report import Report, both, silent
from train.reranker import RerankerSettings
from train.retriever import RetrieverSettings
from train.runs import is_in_workspace, register_run
from train.sft_settings import SftSettings

AnySettings = SftSettings | RetrieverSettings | RerankerSettings


@contextmanager
def training(
    out: Path, kind: Kind, settings: AnySettings, data: Mapping[str, Any]
) -> Iterator[Report]:
    """The folder for this command alone, and where it reports to. A folder among the models of the
    workspace is one of its runs from then on. Raises ``CallwrightError``.
    """
    if not is_first():
        yield silent
        return
    with training_in(out), _registered(out, kind, asdict(settings), data):
        yield both(recorder(out), _tell)


def say(words: str) -> None:
    """A line for whoever watches."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def print_check(data_hash: str, code_version: str) -> None:
    """What ``--check`` tells a program that asked for it, where nothing is wrong."""
    found = {"data_hash": data_hash, "code_version": code_version}
    sys.stdout.write(orjson.dumps(found).decode() + "\n")


@contextmanager
def _registered(
    out: Path, kind: Kind, settings: dict[str, Any], data: Mapping[str, Any]
) -> Iterator[None]:
    workspace = Settings.from_environment()
    if not is_in_workspace(workspace, out):
        yield
        return
    with closing(open_store(workspace)) as store:
        row = register_run(store, kind, out, settings, data)
        yield
        if made := read_run(out):
            note_made_with(store, row.id, made.data_hash, made.code_version)


def _tell(step: int, total: int, measured: dict[str, float]) -> None:
    if "loss" in measured:
        say(f"step {step:,} of {total:,}: loss {measured['loss']:.3f}")

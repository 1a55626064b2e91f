"""The command ``fit-judge``: ``python -m pipeline fit-judge labels.csv``."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.settings import Settings
from pipeline.fitted import fit, fitted_path, out_of_fold, write_fitted
from pipeline.labelled import read_labels


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be said behind ``fit-judge``."""
    parser.add_argument("labels", type=Path, metavar="FILE", help="CSV, JSON Lines or JSON")
    parser.add_argument(
        "--from", dest="source", metavar="WORDS", help="where the labels are from (default: FILE)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="(default: the judge of the workspace)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Fits the judge to the labels and keeps it. Raises ``StoreError``."""
    labelled = read_labels(arguments.labels)
    fitted = fit(labelled, {"labels": arguments.source or arguments.labels.name})
    path = arguments.out or fitted_path(Settings.from_environment().workspace)
    write_fitted(path, fitted)
    said = out_of_fold(labelled)
    agreed = sum(label == each.label for label, each in zip(said, labelled, strict=True))
    print(f"{len(labelled)} labels; {agreed} of them agreed with by a judge of other APIs: {path}")
    return 0

"""The benchmarks: ``python -m benchmarks NAME``; ``--help`` lists them.

Exit codes: 0 measured, 1 measured and something is wrong, or the data is not there, 2 usage.
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Sequence
from types import ModuleType

from benchmarks import (
    answers,
    ask,
    big,
    boards,
    browse,
    comparable,
    coverage,
    curate,
    first_answer,
    fuzz,
    imports,
    judges,
    labeling,
    level3,
    metric,
    referee,
    reranker,
    retriever,
    round_trip,
    scale,
    servers,
    speed,
    verdicts,
)
from benchmarks.report import print_report
from core.errors import CallwrightError

BENCHMARKS: dict[str, ModuleType] = {
    "coverage": coverage,
    "comparable": comparable,
    "speed": speed,
    "big": big,
    "import": imports,
    "answers": answers,
    "ask": ask,
    "retriever": retriever,
    "reranker": reranker,
    "first-answer": first_answer,
    "judges": judges,
    "browse": browse,
    "labeling": labeling,
    "level3": level3,
    "curate": curate,
    "scale": scale,
    "boards": boards,
    "metric": metric,
    "round-trip": round_trip,
    "verdicts": verdicts,
    "referee": referee,
    "servers": servers,
    "fuzz": fuzz,
}
"""Each has ``add_options(parser)`` and ``run(arguments) -> Report``."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one benchmark, prints its report, and returns the exit code."""
    arguments = _parser().parse_args(argv)
    try:
        report = arguments.run(arguments)
    except CallwrightError as error:
        print(error, file=sys.stderr)
        return 1
    print_report(report, as_json=arguments.json)
    return 1 if report.problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure what tests cannot: too long, or with too much real data.",
        epilog="What each needs and prints: benchmarks/README.md",
    )
    subparsers = parser.add_subparsers(metavar="NAME", required=True)
    for name, benchmark in BENCHMARKS.items():
        description = inspect.getdoc(benchmark) or ""
        options = subparsers.add_parser(
            name,
            help=description.splitlines()[0],
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        benchmark.add_options(options)
        options.add_argument("--json", action="store_true", help="the report as one JSON object")
        options.set_defaults(run=benchmark.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())

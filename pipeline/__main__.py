"""The commands that make datasets and measure on them: ``python -m pipeline COMMAND``.

Exit codes: 0 done, 1 a problem (a sentence on standard error says which), 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial

from core.errors import CallwrightError
from pipeline import catalogue_command, command, fit_command, judges_command
from pipeline.evaluation import command as evaluation
from pipeline.steps import STEPS

Options = Callable[[argparse.ArgumentParser], None]


def _evaluation(parser: argparse.ArgumentParser) -> None:
    evaluation.add_options(parser)
    parser.set_defaults(run=evaluation.run)


COMMANDS: dict[str, tuple[str, Options]] = {
    "run": ("make a dataset, all steps", partial(command.add_step_options, name="run")),
    **{
        name: (step.title.lower(), partial(command.add_step_options, name=name))
        for name, step in STEPS.items()
    },
    "funnel": ("what each filter took", command.add_funnel_options),
    "leaks": ("whether tests are given away by training", command.add_leaks_options),
    "fit-judge": ("fit a judge of candidates to people's labels", fit_command.add_options),
    "judges": ("compare judges of candidates with people", judges_command.add_options),
    "synthesize": (
        "make labelled questions for a catalogue of functions",
        catalogue_command.add_synthesize_options,
    ),
    "classify": (
        "measure how often engines choose the right function",
        catalogue_command.add_classify_options,
    ),
    "evaluate": ("measure engines on a test set", _evaluation),
}
"""What each is for, and how it adds its options; ``run`` among their defaults does the work."""

_EXAMPLE = """example:
  python -m pipeline run --dataset samples --folder examples/documents
  python -m pipeline funnel --dataset samples"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except CallwrightError as error:
        print(f"{error}", file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pipeline",
        description="Make datasets of instructions and API calls, and measure on them.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (purpose, add_options) in COMMANDS.items():
        options = commands.add_parser(name, help=purpose, description=f"{purpose.capitalize()}.")
        add_options(options)
    return parser


if __name__ == "__main__":
    sys.exit(main())

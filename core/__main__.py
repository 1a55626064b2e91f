"""The commands of ``python -m core``: ask, operations, render, render-all, check, models.

Exit codes: 0 done, 1 a problem in the input (a sentence on standard error says which), 2 usage.
``check`` says by its code what it found: 0 valid, 1 illegal or no call, 3 undecidable; ``ask`` 1
where nothing fits.
"""

from __future__ import annotations

import argparse
import io
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from core import ask, batch, commands, model_command
from core.errors import CallwrightError, UnknownNameError
from core.parse import LANGUAGES
from core.render import CLIENTS, client
from core.values import POLICIES

_T = TypeVar("_T")

_ASK_EXAMPLE = """exit codes: 0 answered, 1 nothing fits, 2 usage

examples:
  python -m core ask 'cancel booking 8841, the guest got sick'
  python -m core ask 'list calm dogs' examples/documents/petshelter.json --client go-native"""
_OPERATIONS_EXAMPLE = """example:
  python -m core operations examples/documents/petshelter.json"""
_CLIENT_LINES = "\n  ".join(CLIENTS)
_RENDER_EXAMPLE = f"""clients:
  {_CLIENT_LINES}

example:
  python -m core render examples/documents/petshelter.json --operation 'GET /pets/{{petId}}' \\
      --client python-requests --arg petId=7"""
_RENDER_ALL_EXAMPLE = """example:
  python -m core render-all examples/documents --out calls --clients curl,python-requests

Each document becomes one JSON Lines file in the folder; summary.json holds the counts and the
reason of everything that was left out."""

_CHECK_EXAMPLE = f"""languages:
  {", ".join(LANGUAGES)}

exit codes: 0 valid, 1 illegal or no call, 2 usage, 3 undecidable

example:
  python -m core render examples/documents/petshelter.json --operation 'GET /pets' > call.sh
  python -m core check examples/documents/petshelter.json call.sh"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code: int | None = arguments.run(arguments)
    except CallwrightError as error:
        print(f"{error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or 'Input or output'}: {error.strerror}.", file=sys.stderr)
        return 1
    return code or 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m core", description="Turn OpenAPI documents into right API calls."
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_ask(_command(subparsers, "ask", "answer a question with the right call", _ASK_EXAMPLE))
    _add_operations(
        _command(subparsers, "operations", "list a document's operations", _OPERATIONS_EXAMPLE)
    )
    _add_render(_command(subparsers, "render", "print one operation as code", _RENDER_EXAMPLE))
    _add_render_all(
        _command(
            subparsers,
            "render-all",
            "render every operation of many documents",
            _RENDER_ALL_EXAMPLE,
        )
    )
    _add_check(_command(subparsers, "check", "judge a call by the document", _CHECK_EXAMPLE))
    model_command.add_options(
        _command(subparsers, "models", "add and try language models", model_command.EXAMPLE)
    )
    return parser


def _command(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    purpose: str,
    epilog: str,
) -> argparse.ArgumentParser:
    return subparsers.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", metavar="WORDS", help="what you want, in plain words")
    parser.add_argument(
        "documents",
        type=Path,
        nargs="*",
        metavar="DOC",
        help="OpenAPI documents to look into (default: the workspace, or the sample APIs where "
        "there is none)",
    )
    parser.add_argument(
        "--words-only", action="store_true", help="no model: quicker, and not quite as good"
    )
    parser.add_argument("--api", metavar="NAME", help="only this API, by a part of its title")
    parser.add_argument(
        "--client", default="curl", type=_client, help="as in render (default: curl)"
    )
    parser.add_argument(
        "--top", default=5, type=_positive, metavar="N", help="calls to tell of (default: 5)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=_run_ask)


def _run_ask(arguments: argparse.Namespace) -> int:
    options = ask.AskOptions(
        sources=arguments.documents,
        words_only=arguments.words_only,
        api=arguments.api,
        client=arguments.client,
        top=arguments.top,
    )
    return ask.ask(arguments.question, options, as_json=arguments.json)


def _add_operations(parser: argparse.ArgumentParser) -> None:
    _add_document(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.set_defaults(run=lambda a: commands.list_operations(a.document, as_json=a.json))


def _add_render(parser: argparse.ArgumentParser) -> None:
    _add_document(parser)
    parser.add_argument(
        "--operation",
        required=True,
        metavar="'GET /pets'",
        help="method and path, operation id, or JSON pointer",
    )
    parser.add_argument(
        "--client",
        default="curl",
        type=_client,
        help="one of the clients below (default: curl)",
    )
    parser.add_argument(
        "--arg",
        dest="assignments",
        default=[],
        action="append",
        type=_assignment,
        metavar="NAME=VALUE",
        help="limit=5, path.petId=7, body.owner.email=a@b.c; lists as a,b or JSON; repeatable",
    )
    parser.add_argument("--body", metavar="JSON", help="the whole body; for text bodies, the text")
    parser.add_argument(
        "--all",
        action="store_true",
        help="every parameter and member, not only what is required or given",
    )
    _add_values(parser)
    parser.add_argument(
        "--media-type", metavar="TYPE", help="of the body (default: JSON, else the first)"
    )
    parser.add_argument("--server", metavar="URL", help="base URL (default: the document's first)")
    parser.add_argument(
        "--security",
        type=_positive,
        default=1,
        metavar="N",
        help="which of the security alternatives, from 1 (default: 1)",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json",
        dest="form",
        action="store_const",
        const="json",
        default="code",
        help="one JSON object: code, notes and the request",
    )
    form.add_argument(
        "--har",
        dest="form",
        action="store_const",
        const="har",
        help="an HTTP Archive (HAR 1.2) instead of code",
    )
    parser.set_defaults(run=_run_render)


def _run_render(arguments: argparse.Namespace) -> None:
    options = commands.RenderOptions(
        client=arguments.client,
        assignments=arguments.assignments,
        body=arguments.body,
        required_only=not arguments.all,
        values=arguments.values,
        media_type=arguments.media_type,
        server=arguments.server,
        security=arguments.security,
    )
    commands.render_operation(arguments.document, arguments.operation, options, form=arguments.form)


def _add_render_all(parser: argparse.ArgumentParser) -> None:
    _add_document(parser)
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder of the results"
    )
    parser.add_argument(
        "--workers", type=_positive, default=1, metavar="N", help="processes (default: 1)"
    )
    parser.add_argument(
        "--clients",
        type=_clients,
        default=tuple(CLIENTS),
        metavar="A,B",
        help="of the clients that render --help lists (default: all)",
    )
    _add_values(parser)
    parser.add_argument(
        "--every-media-type",
        action="store_true",
        help="calls for each media type of a body, not only the preferred one",
    )
    parser.add_argument("--json", action="store_true", help="print the whole summary as JSON")
    parser.set_defaults(run=_run_render_all)


def _run_render_all(arguments: argparse.Namespace) -> None:
    order = batch.Order(
        out=arguments.out,
        clients=arguments.clients,
        values=arguments.values,
        pick=batch.every_media_type if arguments.every_media_type else batch.preferred_media_type,
    )
    commands.render_all(
        arguments.document, order, workers=arguments.workers, as_json=arguments.json
    )


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_document(parser)
    parser.add_argument(
        "code", type=Path, metavar="CODE", help="a file with the call, or - for standard input"
    )
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        help="what the call is written in (default: guessed)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(
        run=lambda a: commands.check_call(a.document, a.code, language=a.language, as_json=a.json)
    )


def _add_document(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "document",
        type=Path,
        metavar="DOC",
        help="an OpenAPI document: JSON, YAML, a zip or a folder",
    )


def _add_values(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--values",
        choices=POLICIES,
        default="example",
        help="what stands where nothing is given: the document's examples (default), or API Pack's "
        "placeholders",
    )


def _checked(read: Callable[[str], _T], text: str) -> _T:
    try:
        return read(text)
    except UnknownNameError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _client(text: str) -> str:
    _checked(client, text)
    return text


def _clients(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_client(name.strip()) for name in text.split(",")))


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"“{text}” is not NAME=VALUE, such as limit=5")
    return name, value


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1 on")
    return int(text)


def _run() -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # “… | head” ends quietly
    try:
        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(_run())

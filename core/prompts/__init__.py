"""What language models are told: texts with places to fill, and the table of them.

Each text is a file beside this one. It is a template of Jinja whose first line names its
placeholders; a version is the hash of the text, so that a run says exactly what it asked. A folder
of texts of one's own may replace some of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from core.errors import UnknownNameError
from core.prompts.example import EXAMPLE
from core.prompts.template import Template, parse_template, read_template
from core.workspace import whole_file

PROMPTS: Mapping[str, str] = {
    "answer": "Writes the code of a call, after examples (API Pack's layout)",
    "back-translate": "Comes before an operation's description, whose probability is taken",
    "choose": "Picks the operation that a question asks for, or none",
    "classify-described": "Picks a function by its name and description",
    "classify-named": "Picks a function by its name alone",
    "fill": "Writes the arguments that a question gives for an operation",
    "instruct": "Writes an instruction for an operation",
    "judge-criteria": "Judges an instruction against a list of faults",
    "judge-examples": "Judges an instruction after six that are judged already",
    "judge-plain": "Judges an instruction in one question",
    "refine": "Rewrites the instruction that a template made",
    "synthesize": "Writes a question that one function of a catalogue answers",
}
"""The prompts by name, and what each is for."""

JUDGES = tuple(name for name in PROMPTS if name.startswith("judge-"))
"""Those that judge; which is best is found out on labels."""

_OWN = Path(__file__).parent


def prompts_path(workspace: Path) -> Path:
    """Where a workspace keeps texts of its own."""
    return workspace / "prompts"


def load_prompt(name: str, folder: Path | None = None) -> Template:
    """The prompt of that name, from the folder where it is there.

    Raises ``UnknownNameError``, and ``PromptError`` for a text that cannot be filled in.
    """
    if name not in PROMPTS:
        raise UnknownNameError("prompt", name, PROMPTS)
    original = read_template(name, _OWN / f"{name}.txt")
    path = folder / f"{name}.txt" if folder else None
    if path is None or not path.is_file():
        return original
    return read_template(name, path, wanted=original.placeholders)


def save_prompt(name: str, text: str, folder: Path) -> Template:
    """Use a text of one's own from now on. Raises ``PromptError`` where it has a mistake."""
    template = parse_template(name, text, wanted=load_prompt(name).placeholders)
    template.fill(**{place: EXAMPLE[place] for place in template.placeholders})
    with whole_file(folder / f"{name}.txt") as file:
        file.write(text.encode())
    return template


def restore_prompt(name: str, folder: Path) -> None:
    """Use the text that comes with the project again. Raises ``UnknownNameError``."""
    load_prompt(name)
    (folder / f"{name}.txt").unlink(missing_ok=True)

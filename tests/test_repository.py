"""The shape of the project: who imports whom, what is pinned, what the README says is where."""

from __future__ import annotations

import ast
import posixpath
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath

import pytest

from tests.conftest import REPOSITORY, require

LAYERS = {
    "app": {"pages", "pipeline", "train", "core"},
    "pages": {"pipeline", "train", "core"},
    "benchmarks": {"pipeline", "train", "core"},
    "pipeline": {"core"},
    "train": {"core"},
    "core": set[str](),
    "run": set[str](),
    "tests": {"app", "pages", "benchmarks", "pipeline", "train", "core", "run"},
}
"""What each package may import besides itself."""
HEAVY = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["ruff"]["lint"][
    "flake8-tidy-imports"
]["banned-module-level-imports"]
MAX_IMPORT_SECONDS = 1.0
_OPTIONAL = ("requirements-vllm.txt", "requirements-vllm-cpu.txt", "requirements-ray.txt")


@cache
def files() -> list[PurePosixPath]:
    """Every file that is, or would be, part of the project."""
    if not (REPOSITORY / ".git").exists():
        pytest.skip("only a clone tells the project's files from others")
    listed = subprocess.run(
        [require("git"), "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return sorted(PurePosixPath(name) for name in listed if (REPOSITORY / name).is_file())


@cache
def modules() -> dict[str, Path]:
    """Dotted names of all modules of the project, with their files.

    Golden texts in Python are none: no module lives in a folder such as ``python-requests``.
    """
    return {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__"): REPOSITORY / path
        for path in files()
        if path.suffix == ".py" and all(map(str.isidentifier, path.with_suffix("").parts))
    }


@cache
def imports(module: str) -> frozenset[str]:
    """Dotted names that a module imports anywhere, also inside functions."""
    nodes = ast.walk(ast.parse(modules()[module].read_text(encoding="utf-8")))
    return frozenset(name for node in nodes for name in imported_names(node))


def imported_names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0 and node.module, "imports are spelled out from the top"
        for alias in node.names:
            submodule = f"{node.module}.{alias.name}"
            yield submodule if submodule in modules() else node.module


def layer(module: str) -> str:
    return module.partition(".")[0]


def test_every_package_has_a_layer() -> None:
    assert {layer(name) for name in modules()} <= LAYERS.keys()


def test_imports_point_down_the_layers() -> None:
    upward = [
        (module, name)
        for module in modules()
        for name in imports(module)
        if layer(name) in LAYERS.keys() - LAYERS[layer(module)] - {layer(module)}
    ]
    assert upward == []


def test_only_pages_know_streamlit() -> None:
    found = [name for name in modules() if "streamlit" in map(layer, imports(name))]
    assert {layer(name) for name in found} <= {"app", "pages", "tests"}, found


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: (imports(name) & modules().keys()) - {name} for name in modules()}
    TopologicalSorter(graph).prepare()  # CycleError names the circle


def test_every_module_says_what_it_is_for() -> None:
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in modules().items()}
    silent = [name for name, tree in trees.items() if not ast.get_docstring(tree)]
    markers = {name for name in silent if layer(name) == "tests" and not trees[name].body}
    assert set(silent) - markers == set()


def test_core_is_light_to_import() -> None:
    names = [name for name in modules() if layer(name) == "core" and not name.endswith("__main__")]
    unwanted = [*HEAVY, "streamlit"]
    found = in_fresh_python(
        f"import sys, {', '.join(names)}\n"
        f"print(*(name for name in {unwanted!r} if name in sys.modules))"
    )
    assert found.split() == []


@pytest.mark.parametrize("module", ["core", "core.openapi.document"])
def test_import_is_quick(module: str) -> None:
    """In processor time, which a busy neighbour does not lengthen."""
    seconds = in_fresh_python(f"import time, {module}; print(time.process_time())")
    assert float(seconds) < MAX_IMPORT_SECONDS


def in_fresh_python(code: str) -> str:
    command = [sys.executable, "-c", code]
    process = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    assert process.returncode == 0, "see the traceback above"
    return process.stdout


def pins(file_name: str) -> dict[str, str]:
    """Normalised distribution names of a requirements file, and its includes, with versions."""
    found: dict[str, str] = {}
    for line in (REPOSITORY / file_name).read_text().splitlines():
        if line.startswith("-r "):
            found |= pins(line.removeprefix("-r "))
        elif line and not line.startswith("#"):
            pin = re.fullmatch(r"([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", line)
            assert pin, f"{file_name}: not NAME==VERSION: {line}"
            found[normalised(pin[1])] = pin[2]
    return found


def normalised(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


@pytest.mark.parametrize("file_name", [path.name for path in REPOSITORY.glob("requirements*.txt")])
def test_every_requirement_is_pinned(file_name: str) -> None:
    assert pins(file_name)


def test_every_library_that_is_imported_is_pinned() -> None:
    distributions = packages_distributions()
    for module in modules():
        is_tool = layer(module) in ("tests", "benchmarks")
        known = pins("requirements-dev.txt" if is_tool else "requirements.txt")
        for optional in _OPTIONAL:
            known |= pins(optional)  # imported only where somebody asks for it
        libraries = {layer(name) for name in imports(module)}
        for library in libraries - LAYERS.keys() - sys.stdlib_module_names - {"__future__"}:
            owners = {normalised(name) for name in distributions.get(library, [library])}
            assert owners & known.keys(), f"{module} imports {library}, which is not pinned"


def mapped_paths() -> set[str]:
    """What the README's file map names: one path a line, two blanks deeper inside a folder."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^## File map\n.*?```\w*\n(.*?)```", readme, re.DOTALL | re.MULTILINE)
    assert block, "README.md has no section “File map” with a fenced block"
    found: set[str] = set()
    folders: list[str] = []
    for line in block[1].splitlines():
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip())) // 2
        folders[depth:] = [name]
        found.add("".join(folders[: depth + 1]).rstrip("/"))
    return found


def test_readme_maps_what_there_is() -> None:
    sources = [PurePosixPath(path.relative_to(REPOSITORY)) for path in modules().values()]
    folders = {
        str(folder)
        for path in sources
        for folder in path.parents
        if folder.name and folder.parts[0] != "tests"
    }
    shown = {
        str(path)
        for path in sources
        if str(path.parent) in {".", "core"} and not path.stem.startswith("__")
    }
    assert (folders | shown | {"tests"}) - mapped_paths() == set(), "not on the map"


def test_readme_maps_nothing_else() -> None:
    present = {str(path) for file in files() for path in (file, *file.parents)}
    assert mapped_paths() - present == set()


# Spelled so that this file does not hold what it looks for.
UNWANTED = re.compile(
    r"(?<![\w.}>])(?:[/]work|[/]farm|[/]root|[/]tmp/lab|[/]tmp/data|[/]opt)/"
    r"|files[.]pythonhosted|pypi[.]org|npmjs[.](?:org|com)"
)


def test_no_file_names_a_machine_or_a_registry() -> None:
    texts = {path: (REPOSITORY / path).read_bytes().decode(errors="replace") for path in files()}
    found = {str(path): UNWANTED.findall(text) for path, text in texts.items()}
    assert {path: names for path, names in found.items() if names} == {}


def test_links_between_documents_lead_somewhere() -> None:
    present = {str(path) for file in files() for path in (file, *file.parents)}
    broken = [
        (str(path), link)
        for path in files()
        if path.suffix == ".md"
        for link in re.findall(r"\]\(([^)\s]+)\)", (REPOSITORY / path).read_text("utf-8"))
        if ":" not in link and not link.startswith("#")
        if posixpath.normpath(path.parent / link.partition("#")[0]) not in present
    ]
    assert broken == []

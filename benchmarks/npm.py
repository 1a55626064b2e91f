"""Packages of npm that a benchmark compares with, installed once into a folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from core.errors import CallwrightError


def installed(package: str, folder: Path) -> Path:
    """The folder under whose ``node_modules`` a package lies; installs it where it does not.

    ``package`` is a name and a version: ``openapi-snippet@0.14.0``. Raises ``CallwrightError``
    where node or npm is missing, or npm fails.
    """
    if not shutil.which("node"):
        raise CallwrightError("This benchmark needs node 20: https://nodejs.org.")
    name = package.rpartition("@")[0]
    if not (folder / "node_modules" / name).exists():
        if not shutil.which("npm"):
            raise CallwrightError(f"This benchmark needs npm, which installs {package}.")
        folder.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", package, "--no-audit", "--no-fund", "--prefix", str(folder)]
        if subprocess.run(install, stdout=sys.stderr, check=False).returncode:
            raise CallwrightError(f"npm could not install {package}; it says why above.")
    return folder

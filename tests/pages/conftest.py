"""A workspace of their own for the pages, the same for all: a page never takes its own apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.components import resources


@pytest.fixture(scope="session", autouse=True)
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the workspace."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("pages") / "workspace"
        patch.setenv("CALLWRIGHT_WORKSPACE", str(folder))
        patch.delenv("CALLWRIGHT_DATABASE", raising=False)
        yield folder
        resources.store().close()

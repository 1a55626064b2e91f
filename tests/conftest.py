"""What tests share: real data that may be absent, tools that may be absent, and no network."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

from tests.tiny_model import make_tiny_model

REPOSITORY = Path(__file__).parents[1]
SHARED_DATA = Path(os.environ.get("CALLWRIGHT_SHARED", REPOSITORY.parent / "shared")) / "data"
"""Real documents and published figures that are not part of the project; maybe not there."""

LOCAL_HOSTS = {"127.0.0.1", "::1", "localhost", "0.0.0.0", ""}

# No deadline: a busy neighbour makes a fast test slow, and that is not the test's failure.
settings.register_profile("local", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, max_examples=100, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# Jobs and apps that tests start would each load a model of 90 MB; those that need one say so.
os.environ.setdefault("CALLWRIGHT_EMBEDDER", "none")


def unavailable(what: str) -> NoReturn:
    """Skip the test for want of ``what``; fail instead where ``REQUIRE_ALL=1`` says all is there.

    For tools that a machine can install. Data that may not be handed on only ever skips.
    """
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{what}, and REQUIRE_ALL=1 lets no test be skipped for that", pytrace=False)
    pytest.skip(what)


def require(tool: str) -> str:
    """Find a program such as ``node`` and return its path, or skip the test (``unavailable``)."""
    return shutil.which(tool) or unavailable(f"{tool} is not installed")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data: ``data`` in ``$CALLWRIGHT_SHARED``, else in ``../shared``."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"needs real data that is not part of the project, in {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a language model that is real and knows nothing."""
    return make_tiny_model(tmp_path_factory.mktemp("tiny") / "model")


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: a test that talks to another machine fails, whatever library it goes through."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if (host.decode() if isinstance(host, bytes) else host or "") not in LOCAL_HOSTS:
        # Not an OSError, which the code under test may well expect of a network.
        pytest.fail(f"A test tried to reach {host}; tests use no network.")


sys.addaudithook(refuse_network)

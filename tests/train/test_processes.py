"""Two processes train as one does, and the file for many GPUs is one that accelerate knows."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import CallwrightError
from tests.conftest import REPOSITORY
from tests.train.rows import sample_rows, written
from train.base_model import quantization
from train.checkpoint import read_run
from train.dataset import Dataset
from train.metrics import read_metrics
from train.plan import make_plan
from train.sft import train_sft
from train.sft_settings import SftSettings

SETTINGS = SftSettings(
    max_tokens=512, max_steps=6, batch_size=2, global_batch=4, log_steps=1, device="cpu"
)
_CONFIG = """[sft]
max_tokens = 512
max_steps = 6
batch_size = 2
global_batch = 4
log_steps = 1
device = "cpu"
"""


def test_two_processes_have_the_losses_of_one(tmp_path: Path) -> None:
    rows = sample_rows(12)
    (tmp_path / "run.toml").write_text(_CONFIG)
    two, one = tmp_path / "two", tmp_path / "one"
    launch = "-m accelerate.commands.launch --cpu --num_processes 2 --num_machines 1"
    launch += " --mixed_precision no --dynamo_backend no -m train sft"
    dataset = written(tmp_path / "rows.jsonl", rows)
    options = ["--config", str(tmp_path / "run.toml"), "--out", str(two)]
    launched = subprocess.run(
        [sys.executable, *launch.split(), str(dataset), *options],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )
    assert launched.returncode == 0, launched.stderr[-3000:]
    train_sft(SETTINGS, Dataset(rows, ()), one)
    assert len(_losses(one)) == 6
    assert _losses(two) == pytest.approx(_losses(one), rel=1e-3)
    assert [each.step for each in read_metrics(two)] == [1, 2, 3, 4, 5, 6], "told by one of them"


def _losses(out: Path) -> list[float]:
    run = read_run(out)
    assert run is not None and run.is_done
    return [each["loss"] for each in run.losses if "loss" in each]


def test_a_batch_that_cannot_be_shared_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WORLD_SIZE", "4")
    with pytest.raises(CallwrightError, match="the 8 examples that 4 processes take at once"):
        make_plan(SETTINGS, Dataset(sample_rows(12), ()), tmp_path)


def test_the_file_for_many_gpus_is_known_to_accelerate() -> None:
    from accelerate.commands.config.config_args import load_config_from_file
    from accelerate.utils import FullyShardedDataParallelPlugin

    config = load_config_from_file(str(REPOSITORY / "train" / "fsdp.yaml"))
    assert str(config.distributed_type).endswith("FSDP")
    known = set(FullyShardedDataParallelPlugin.__dataclass_fields__) | {"offload_params"}
    assert all({name, name.removeprefix("fsdp_")} & known for name in config.fsdp_config)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quantize": "4bit"}, "Set lora_rank, such as 16"),
        ({"quantize": "3bit", "lora_rank": 8}, "3bit"),
    ],
)
def test_bad_settings_are_told(changes: dict[str, object], message: str) -> None:
    with pytest.raises(CallwrightError, match=message):
        replace(SETTINGS, **changes)


@pytest.mark.parametrize(
    ("has_gpu", "message"),
    [(False, "needs a GPU that PyTorch can use"), (True, "needs bitsandbytes: pip install")],
)
def test_four_bits_need_a_gpu_and_bitsandbytes(
    has_gpu: bool, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: has_gpu)
    settings = replace(SETTINGS, quantize="4bit", lora_rank=8, device="auto")
    with pytest.raises(CallwrightError, match=message):
        make_plan(settings, Dataset(sample_rows(12), ()), tmp_path)


def test_four_bits_are_those_of_qlora() -> None:
    import torch

    assert quantization("none") == {}
    config = quantization("4bit")["quantization_config"]
    assert config.load_in_4bit and config.bnb_4bit_use_double_quant
    assert config.bnb_4bit_quant_type == "nf4"
    assert config.bnb_4bit_compute_dtype is torch.bfloat16

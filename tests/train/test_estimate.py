"""What a run will take: how many steps, how much memory and disk, and when that is a warning."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.train.rows import row
from train.base_model import load_base, make_tiny
from train.estimate import (
    Demand,
    Estimate,
    Shape,
    estimate,
    memory_counted,
    pair_demand,
    sft_demand,
    shape_of,
    work_of,
)
from train.example import Example, texts_of
from train.probe import Measured, causal_step, device_of, measure_machine, try_steps
from train.retriever import RetrieverSettings
from train.sft_settings import PRESETS, SftSettings, settings_of

BILLION = Shape(num_parameters=1_000_000_000, hidden=2_048, num_layers=16, num_words=128_000)
DEMAND = Demand(batch_size=1, max_tokens=2_048, is_adapter=False)
MACHINE = Measured("a machine", 16 * 10**9, "arithmetic", operations_per_second=1e12)


@pytest.mark.parametrize(
    ("changes", "num_steps", "num_passes"),
    [
        ({}, 9, 3.0),  # ten examples, four to a step, three times
        ({"of_step": 10}, 3, 3.0),
        ({"max_steps": 6}, 6, 2.0),
        ({"epochs": 1}, 3, 1.0),
    ],
)
def test_steps_are_those_that_a_trainer_takes(
    changes: dict[str, int], num_steps: int, num_passes: float
) -> None:
    work = work_of(10, 1_000, 100, **{"of_step": 4, "epochs": 3, **changes})
    assert (work.num_steps, work.num_passes) == (num_steps, num_passes)


@pytest.mark.parametrize(
    "changes",
    [
        {"is_adapter": True},
        {"moments": 0},
        {"goes_forward_twice": True},
        {"in_halves": True},
        {"scores_words": False},
        {"max_tokens": 512},
        {"weight_bytes": 0.5},
    ],
    ids=str,
)
def test_what_saves_memory_is_counted(changes: dict[str, Any]) -> None:
    assert memory_counted(replace(DEMAND, **changes), BILLION, 2_048) < memory_counted(
        DEMAND, BILLION, 2_048
    )


def test_a_billion_weights_want_four_times_themselves() -> None:
    """Weights, gradients and two moments of 32 bits: 16 GB, without what a batch takes."""
    assert 16e9 < memory_counted(DEMAND, BILLION, 1) < 18e9


def test_settings_of_the_paper_are_demands() -> None:
    paper = sft_demand(settings_of({"preset": "paper"}, "a test"))
    assert paper == Demand(
        batch_size=1,
        max_tokens=4_096,
        is_adapter=False,
        moments=0,
        goes_forward_twice=True,
        in_halves=True,
    )
    assert sft_demand(settings_of({"preset": "small"}, "a test")).is_adapter
    assert set(PRESETS) == {"tiny", "small", "paper"}


def test_a_base_of_four_bits_takes_an_eighth_of_itself() -> None:
    adapter = SftSettings(lora_rank=16)
    whole, quarter = (
        memory_counted(sft_demand(replace(adapter, quantize=bits)), BILLION, 1)
        for bits in ("none", "4bit")
    )
    assert whole - quarter == pytest.approx(3.5e9)


def test_a_large_model_is_counted_and_an_adapter_is_quicker(tmp_path: Path) -> None:
    work = work_of(1_000, 1_000_000, 2_048, of_step=16, epochs=1)
    whole = estimate(DEMAND, BILLION, work, MACHINE, tmp_path / "not" / "there")
    assert whole.seconds == pytest.approx(6 * 1e9 * 1e6 / 0.4e12)
    adapter = estimate(replace(DEMAND, is_adapter=True), BILLION, work, MACHINE, tmp_path)
    assert adapter.seconds < whole.seconds and adapter.disk_bytes < whole.disk_bytes
    assert adapter.num_learnt < adapter.num_parameters == 1_000_000_000
    assert [warning.split()[:5] for warning in whole.warnings] == [
        ["The", "run", "may", "need", f"{whole.memory_bytes / 1e9:,.1f}"]
    ]
    assert whole.error > 1


def test_a_disk_that_may_fill_is_a_warning() -> None:
    given = Estimate("x", 1, 1, 1.0, 1.5, 1, 2, 90, 100, "x")
    assert "fill the disk" in given.warnings[0]
    assert not replace(given, disk_bytes=70).warnings


def test_steps_that_are_tried_change_nothing(tmp_path: Path) -> None:
    rows = [row(number) for number in range(8)]
    folder = make_tiny(tmp_path / "tiny", texts_of(rows, ()), seed=1)
    model, tokenizer = load_base(str(folder))
    before = {name: each.clone() for name, each in model.state_dict().items()}
    some = [Example("", "", tuple(range(5, 5 + length)), (7, 8), 0) for length in (30, 10, 20, 40)]
    measured = try_steps(
        causal_step(model, in_halves=False),
        some,
        batch_size=2,
        device=device_of("cpu"),
        seed=1,
    )
    assert measured.seconds_per_token > 0 and measured.memory_bytes > 100e6
    assert "tried on this machine" in measured.rests_on
    assert all(before[name].equal(each) for name, each in model.state_dict().items())
    assert shape_of(model.config, 5) == Shape(5, 128, 3, len(tokenizer))


def test_a_machine_multiplies() -> None:
    measured = measure_machine(device_of("cpu"), in_halves=False)
    assert measured.operations_per_second > 1e8
    assert measured.seconds_per_token == 0 and "TFLOP/s" in measured.rests_on


def test_pairs_score_no_words() -> None:
    demand = pair_demand(RetrieverSettings(batch_size=32), 64, in_halves=False)
    assert demand == Demand(32, 64, is_adapter=False, scores_words=False)
    assert sft_demand(SftSettings()).scores_words

"""Lines of measurements: merged by step, read while they are written, taken back after a kill."""

from __future__ import annotations

from pathlib import Path

from train.metrics import LevelFigure, append_metrics, read_metrics, recorder

LEVELS = {"1": {"api_call": 0.5, "n": 4, "low": 0.1, "high": 0.9}}


def steps(folder: Path) -> list[tuple[int, float | None]]:
    return [(each.step, each.loss) for each in read_metrics(folder)]


def test_nothing_is_read_where_nothing_was_measured(tmp_path: Path) -> None:
    assert read_metrics(tmp_path) == []
    append_metrics(tmp_path, 5, 10, {"train_runtime": 3.0})
    assert read_metrics(tmp_path) == []


def test_what_is_known_of_a_step_is_one(tmp_path: Path) -> None:
    record = recorder(tmp_path)
    record(5, 10, {"loss": 2.0, "learning_rate": 0.1, "grad_norm": 9.0})
    record(5, 10, {"eval_loss": 2.5})
    append_metrics(tmp_path, 5, 10, {"levels": LEVELS})
    (found,) = read_metrics(tmp_path)
    assert (found.step, found.of, found.loss, found.eval_loss) == (5, 10, 2.0, 2.5)
    assert found.levels == {"1": LevelFigure(0.5, 4, 0.1, 0.9)}


def test_the_base_comes_first_though_it_is_measured_later(tmp_path: Path) -> None:
    recorder(tmp_path)(5, 10, {"loss": 2.0})
    append_metrics(tmp_path, 0, 10, {"levels": LEVELS})
    assert [each.step for each in read_metrics(tmp_path)] == [0, 5]


def test_a_run_that_goes_on_shows_no_step_twice(tmp_path: Path) -> None:
    killed = recorder(tmp_path)
    for step in (5, 10, 15):
        killed(step, 20, {"loss": float(step)})
    append_metrics(tmp_path, 10, 20, {"levels": LEVELS})
    later = recorder(tmp_path)  # from the checkpoint at step 10
    later(15, 20, {"loss": -15.0})
    later(20, 20, {"loss": -20.0})
    assert steps(tmp_path) == [(5, 5.0), (10, 10.0), (15, -15.0), (20, -20.0)]
    assert read_metrics(tmp_path)[1].levels


def test_half_a_line_is_not_there_yet(tmp_path: Path) -> None:
    recorder(tmp_path)(5, 10, {"loss": 2.0})
    with (tmp_path / "metrics.jsonl").open("ab") as file:
        file.write(b'{"step":10,"of":1')
    assert steps(tmp_path) == [(5, 2.0)]
    recorder(tmp_path)(10, 10, {"loss": 1.0})
    assert steps(tmp_path) == [(5, 2.0), (10, 1.0)]

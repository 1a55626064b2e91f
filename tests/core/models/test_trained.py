"""What a run leaves in its folder, and the names that its models are asked by."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from core.errors import ModelError, UnknownNameError
from core.models.local import LocalModel
from core.models.opening import open_model
from core.models.trained import Trained, is_done, newest, split_name, step_of, weights_of


def checkpoint(out: Path, step: int, state: str = "{}") -> Path:
    folder = out / "steps" / f"checkpoint-{step}"
    folder.mkdir(parents=True)
    (folder / "trainer_state.json").write_text(state)
    return folder


def says(out: Path, **found: object) -> None:
    (out / "run.json").write_bytes(orjson.dumps(found))


def test_the_newest_weights_are_the_last_whole_checkpoint_until_the_run_is_done(
    tmp_path: Path,
) -> None:
    assert (newest(tmp_path), step_of(tmp_path), is_done(tmp_path)) == (None, 0, False)
    checkpoint(tmp_path, 9)
    last = checkpoint(tmp_path, 10)
    checkpoint(tmp_path, 20, '{"log_')
    says(tmp_path, is_done=False)
    assert (newest(tmp_path), step_of(tmp_path)) == (last, 10)
    assert weights_of(tmp_path) == weights_of(tmp_path, 10) == str(last)
    says(tmp_path, is_done=True)
    assert newest(tmp_path) == tmp_path / "model"


def test_step_0_is_what_it_began_with(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not say what it began with"):
        weights_of(tmp_path, 0)
    says(tmp_path, settings={"base": "Qwen/Qwen2.5-Coder-0.5B"})
    assert weights_of(tmp_path, 0) == "Qwen/Qwen2.5-Coder-0.5B"
    (tmp_path / "base").mkdir()
    assert weights_of(tmp_path, 0) == str(tmp_path / "base")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("pets", ("pets", None)),
        ("pets@40", ("pets", 40)),
        ("pets@vllm", ("pets@vllm", None)),
        ("pets@", ("pets@", None)),
        ("pets@²", ("pets@²", None)),
    ],
)
def test_names_may_say_a_step(name: str, wanted: tuple[str, int | None]) -> None:
    assert split_name(name) == wanted


def test_a_run_is_asked_by_its_name(tmp_path: Path) -> None:
    offers = [Trained("pets", tmp_path)]
    with pytest.raises(ModelError, match="has no checkpoint yet"):
        open_model("pets", offers)
    checkpoint(tmp_path, 40)
    for name in ("pets", "pets@40"):
        model = open_model(name, offers)
        assert isinstance(model, LocalModel) and model.name == name
    with pytest.raises(ModelError, match=r"no checkpoint of step 30 \(any more\)"):
        open_model("pets@30", offers)
    with pytest.raises(UnknownNameError, match="Did you mean pets"):
        open_model("pet", offers)

"""Settings of a run in TOML."""

from pathlib import Path

import pytest

from core.errors import CallwrightError
from train.retriever import RetrieverSettings
from train.run_file import read_run


def read(tmp_path: Path, text: str) -> RetrieverSettings:
    (tmp_path / "run.toml").write_text(text)
    return read_run(tmp_path / "run.toml", "retriever", RetrieverSettings)


def test_what_is_not_said_has_its_default(tmp_path: Path) -> None:
    text = "[retriever]\nlora_rank = 8\nscale = 30"
    assert read(tmp_path, text) == RetrieverSettings(lora_rank=8, scale=30.0)
    assert read(tmp_path, "") == RetrieverSettings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[retriever", "is no TOML"),
        ("[retriever]\nbatch = 3", "batch is no setting. There are: base, epochs"),
        ("[retriever]\nbatch_size = 'many'", "batch_size is 'many'. Give a whole number"),
        ("[retriever]\nepochs = true", "epochs is True. Give a whole number"),
        ("[retriever]\nepochs = 0", "epochs is 0. Give a number above 0"),
    ],
)
def test_mistakes_are_told_before_anything_starts(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CallwrightError, match=message.replace("[", r"\[")):
        read(tmp_path, text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallwrightError, match=r"none\.toml cannot be read"):
        read_run(tmp_path / "none.toml", "retriever", RetrieverSettings)

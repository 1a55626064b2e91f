"""What the environment may say, and the sentence for everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import SettingsError
from core.settings import Settings


def test_nothing_set_gives_a_workspace_beside_the_program() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings(Path("workspace"))
    assert settings.database == f"sqlite:///{Path.cwd()}/workspace/callwright.sqlite"
    assert not settings.allow_private_urls


def test_everything_can_be_set() -> None:
    settings = Settings.from_environment(
        {
            "CALLWRIGHT_WORKSPACE": "/srv/calls",
            "CALLWRIGHT_DATABASE": "postgres://me@db.example/calls",
            "CALLWRIGHT_ALLOW_PRIVATE_URLS": "Yes",
            "CALLWRIGHT_MAX_DOWNLOAD_MB": "2.5",
            "CALLWRIGHT_DOWNLOAD_SECONDS": "7",
            "CALLWRIGHT_DOCUMENT_CACHE_MB": "100",
            "CALLWRIGHT_EMBEDDER": "BAAI/bge-large-en-v1.5",
            "CALLWRIGHT_RERANKER": "BAAI/bge-reranker-large",
            "CALLWRIGHT_VECTORS": "chroma",
            "CALLWRIGHT_RAY_ADDRESS": "10.0.0.1:6379",
            "CALLWRIGHT_CHROMA_URL": "http://vectors.example:8000/",
        }
    )
    assert settings == Settings(
        workspace=Path("/srv/calls"),
        database="postgresql+psycopg://me@db.example/calls",
        allow_private_urls=True,
        max_download_bytes=2_500_000,
        download_seconds=7,
        document_cache_bytes=100_000_000,
        embedder="BAAI/bge-large-en-v1.5",
        reranker="BAAI/bge-reranker-large",
        vectors="chroma",
        chroma_url="http://vectors.example:8000",
        ray_address="10.0.0.1:6379",
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ALLOW_PRIVATE_URLS", "perhaps", "“perhaps”.*1 or 0"),
        ("MAX_DOWNLOAD_MB", "much", "“much”.*number above 0, such as 128"),
        ("DOWNLOAD_SECONDS", "-1", "number above 0"),
        ("DOCUMENT_CACHE_MB", "nan", "number above 0"),
        ("VECTORS", "disk", "“disk”.*files or chroma"),
        ("DATABASE", "mysql://host/name", "no URL of a database that is known"),
        ("DATABASE", "me:secret@host", "postgresql://user:password@host/name"),
    ],
)
def test_a_value_that_cannot_be_is_explained(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=f"CALLWRIGHT_{name} .*{sentence}") as caught:
        Settings.from_environment({f"CALLWRIGHT_{name}": value})
    assert "secret" not in str(caught.value)


def test_a_password_is_not_printed() -> None:
    settings = Settings.from_environment({"CALLWRIGHT_DATABASE": "postgresql://me:secret@db/x"})
    assert "secret" not in repr(settings)

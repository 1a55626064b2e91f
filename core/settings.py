"""What a person may set: one frozen ``Settings``, read from environment variables.

>>> Settings.from_environment({"CALLWRIGHT_WORKSPACE": "/srv/callwright"}).database
'sqlite:////srv/callwright/callwright.sqlite'

Everything has a default, so that the app starts with nothing set.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import SettingsError

DEFAULT_EMBEDDER = "callwright-minilm"
PLAIN_EMBEDDER = "all-MiniLM-L6-v2"
"""It comes as a package with the others, so it needs no network."""
NONE = "none"
"""The name of no model."""
CHOICES = ("embedder", "reranker")
"""Fields that people may also set in the app; the environment wins."""
_MB = 1_000_000
_BOOLEANS = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}


@dataclass(frozen=True)
class Settings:
    """Where things are kept, and what is allowed; the same for the app, jobs and commands."""

    workspace: Path
    """``CALLWRIGHT_WORKSPACE``: the folder of documents, indexes and logs (``workspace``)."""
    database: str = field(default="", repr=False)
    """``CALLWRIGHT_DATABASE``: ``sqlite:///…`` or ``postgresql://user:password@host/name``; without
    it, a SQLite file in the workspace."""
    allow_private_urls: bool = False
    """``CALLWRIGHT_ALLOW_PRIVATE_URLS``: whether documents may be fetched from this machine and
    the private network around it."""
    max_download_bytes: int = 128 * _MB
    """``CALLWRIGHT_MAX_DOWNLOAD_MB``: the largest answer that is read from a web address."""
    download_seconds: float = 60
    """``CALLWRIGHT_DOWNLOAD_SECONDS``: the longest that one download may take."""
    document_cache_bytes: int = 500 * _MB
    """``CALLWRIGHT_DOCUMENT_CACHE_MB``: memory for parsed documents, about; the one that is being
    looked at is held even if it is larger."""
    embedder: str = DEFAULT_EMBEDDER
    """``CALLWRIGHT_EMBEDDER``: what finds operations by meaning: a name or a folder that
    sentence-transformers knows, or ``none`` for words only."""
    reranker: str = NONE
    """``CALLWRIGHT_RERANKER``: a cross-encoder that looks once more at what was found, by name or
    folder."""
    vectors: str = "files"
    """``CALLWRIGHT_VECTORS``: where the nearest vectors are looked for: ``files`` or ``chroma``."""
    chroma_url: str = ""
    """``CALLWRIGHT_CHROMA_URL``: a Chroma server; without it, the workspace starts its own."""
    ray_address: str = ""
    """``CALLWRIGHT_RAY_ADDRESS``: the Ray cluster that makes datasets where Ray is chosen for it;
    without it, Ray starts on this machine."""

    fixed: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    """The fields that the environment sets, so that no choice in the app can."""

    def __post_init__(self) -> None:
        if not self.database:
            path = self.workspace.absolute() / "callwright.sqlite"
            object.__setattr__(self, "database", f"sqlite:///{path}")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that the environment holds. Raises ``SettingsError``."""
        read = _Reader(environment)
        return cls(
            workspace=Path(read.text("WORKSPACE", "workspace")).expanduser(),
            database=_database(read.text("DATABASE", "")),
            allow_private_urls=read.boolean("ALLOW_PRIVATE_URLS", cls.allow_private_urls),
            max_download_bytes=read.megabytes("MAX_DOWNLOAD_MB", cls.max_download_bytes),
            download_seconds=read.number("DOWNLOAD_SECONDS", cls.download_seconds),
            document_cache_bytes=read.megabytes("DOCUMENT_CACHE_MB", cls.document_cache_bytes),
            embedder=read.text("EMBEDDER", cls.embedder),
            reranker=read.text("RERANKER", cls.reranker),
            vectors=read.choice("VECTORS", ("files", "chroma")),
            chroma_url=read.text("CHROMA_URL", "").rstrip("/"),
            ray_address=read.text("RAY_ADDRESS", ""),
            fixed=frozenset(name for name in CHOICES if read.text(name.upper(), "")),
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    environment: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        return self.environment.get(f"CALLWRIGHT_{name}", "").strip() or default

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        """One of several words, the first where nothing is set."""
        text = self.text(name, known[0])
        if text not in known:
            raise SettingsError(f"CALLWRIGHT_{name} is “{text}”. Set it to {' or '.join(known)}.")
        return text

    def boolean(self, name: str, default: bool) -> bool:
        text = self.text(name, "").lower()
        if text and text not in _BOOLEANS:
            raise SettingsError(f"CALLWRIGHT_{name} is “{text}”. Set it to 1 or 0.")
        return _BOOLEANS.get(text, default)

    def number(self, name: str, default: float) -> float:
        text = self.text(name, "")
        try:
            value = float(text or default)
        except ValueError:
            value = 0.0
        if not 0 < value < 1e9:
            raise SettingsError(
                f"CALLWRIGHT_{name} is “{text}”. Set it to a number above 0, such as {default:g}."
            )
        return value

    def megabytes(self, name: str, default: int) -> int:
        return int(self.number(name, default / _MB) * _MB)


def _database(url: str) -> str:
    """The URL with the driver that is used here; ``postgres://`` is what some hosts hand out."""
    scheme, separator, rest = url.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        scheme = "postgresql+psycopg"
    elif url and (scheme != "sqlite" or not separator):
        raise SettingsError(
            "CALLWRIGHT_DATABASE is no URL of a database that is known here. "
            "Set it to sqlite:////path/to/file or postgresql://user:password@host/name."
        )
    return f"{scheme}{separator}{rest}"

"""What a dataset is made of and how: everything that its bytes depend on.

The page's form, the command line and the file in the dataset's folder are all this one value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from core.errors import DatasetError, UnknownNameError
from core.openapi.files import read_path
from core.parse import LANGUAGES
from core.store.database import Store
from core.store.documents import live_documents
from core.store.sources import Source, sources_by_document
from core.values import POLICIES
from pipeline.judge import prompted


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document, and where to open it."""

    name: str
    """Its SHA-256 in the workspace, or its file's name in ``Recipe.folder``."""
    source: str
    """What the funnel counts it under: ``APIs.guru``, ``upload``, a folder's name."""
    num_bytes: int


@dataclass(frozen=True)
class Recipe:
    """Which documents, which calls, and how they are split."""

    documents: tuple[DocumentRef, ...]
    folder: str = ""
    """Folder, file or zip that the documents are in; empty for the workspace."""
    languages: tuple[str, ...] = tuple(LANGUAGES)
    values: str = "published"
    """The value policy of rendered calls. Where it makes an illegal one, *example* steps in."""
    own_calls: bool = True
    """Whether calls that documents bring are kept, if they are legal."""
    english_only: bool = True
    judge: str = "rules"
    """Who says which candidates are good: one of ``pipeline.judge.JUDGES``, or ``PROMPT+MODEL``."""
    refiner: str = ""
    """The language model that rewrites the templates' seed examples; none if empty."""
    writer: str = ""
    """The language model that writes the candidates; templates do if empty."""
    scorer: str = ""
    """The language model whose back-translation orders the candidates; measures do if empty."""
    seed: int = 0
    """Of everything that is drawn, and of what models are asked."""
    level_1: float = 0.1
    """Share of the training operations that are also asked in new words, 0 to 1."""
    level_2: float = 0.1
    """Share of the operations of each seen API that is held out; all that say the same count as
    one, and go together."""
    level_3: float = 0.1
    """Share of the APIs that are held out."""
    jsonl: bool = True
    """Whether ``export`` writes JSON Lines, packed by gzip, beside Parquet."""
    shard_bytes: int = 2_000_000
    """Documents of about so many bytes are done at a time; a larger one is done alone."""

    def __post_init__(self) -> None:
        for language in self.languages:
            if language not in LANGUAGES:
                raise UnknownNameError("language", language, LANGUAGES)
        if self.values not in POLICIES:
            raise UnknownNameError("value policy", self.values, POLICIES)
        prompted(self.judge)
        for name in ("level_1", "level_2", "level_3"):
            if not 0 <= getattr(self, name) < 1:
                raise DatasetError(f"{name} is a share from 0 to below 1, such as 0.1.")
        if not self.documents:
            raise DatasetError("No document is chosen. Choose some, or import them first.")
        if not self.languages:
            raise DatasetError("No language is chosen. Choose at least one.")

    @property
    def models(self) -> tuple[str, ...]:
        """The language models that take part, each once."""
        judge = prompted(self.judge)
        named = (self.refiner, self.writer, judge.model if judge else "", self.scorer)
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def shards(self) -> tuple[tuple[DocumentRef, ...], ...]:
        """The documents in the order of the recipe, in batches."""
        batches: list[list[DocumentRef]] = [[]]
        size = 0
        for document in self.documents:
            if batches[-1] and size + document.num_bytes > self.shard_bytes:
                batches.append([])
                size = 0
            batches[-1].append(document)
            size += document.num_bytes
        return tuple(map(tuple, batches))

    @property
    def sha256(self) -> str:
        """A name that differs wherever anything of the recipe does."""
        return hashlib.sha256(written(self)).hexdigest()


def without_models(recipe: Recipe) -> Recipe:
    """The same with templates, rules and measures in the place of language models."""
    judge = Recipe.judge if prompted(recipe.judge) else recipe.judge
    return replace(recipe, refiner="", writer="", judge=judge, scorer="")


def written(recipe: Recipe) -> bytes:
    """A recipe as JSON."""
    return orjson.dumps(asdict(recipe), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def read_recipe(data: bytes, where: str) -> Recipe:
    """The recipe in a JSON file. Raises ``CallwrightError``."""
    try:
        values: dict[str, Any] = orjson.loads(data)
        documents = tuple(DocumentRef(**document) for document in values.pop("documents"))
        languages = tuple(values.pop("languages"))
        return Recipe(documents=documents, languages=languages, **values)
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
        raise DatasetError(f"{where} is no recipe: {error}. Make the dataset again.") from error


def workspace_documents(store: Store, chosen: tuple[str, ...] = ()) -> tuple[DocumentRef, ...]:
    """These documents of the workspace, by the beginning of their SHA-256, or all that are live;
    largest first.
    """
    sources = sources_by_document(store)
    return _ordered(
        DocumentRef(row.sha256, _source_name(sources.get(row.sha256, [])), row.num_bytes)
        for row in live_documents(store)
        if not chosen or row.sha256.startswith(chosen)
    )


def folder_documents(folder: Path, source: str = "", *, every: int = 1) -> tuple[DocumentRef, ...]:
    """One in ``every`` document of a folder or zip, largest first. Raises ``DocumentError``."""
    files = read_path(folder)
    entries = files.entries()[::every]
    return _ordered(
        DocumentRef(entry, source or folder.name, files.size(entry)) for entry in entries
    )


def _ordered(documents: Iterable[DocumentRef]) -> tuple[DocumentRef, ...]:
    """Largest first, so that the last worker does not end alone."""
    return tuple(sorted(documents, key=lambda document: (-document.num_bytes, document.name)))


def _source_name(found: Sequence[Source]) -> str:
    """The hub that a document came from, else how it came."""
    return next((source.hub or str(source.kind) for source in found), "unknown")

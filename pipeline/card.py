"""The card of an exported version: ``README.md`` with the header that Hugging Face reads.

https://huggingface.co/docs/hub/datasets-cards
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from core.parse import LANGUAGES
from pipeline.row import LEVELS, SPLITS

_TEXT = Path(__file__).with_name("card.md")
_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
_ABOUT = {
    0: "to learn from",
    1: "operations of the training set, asked for in words that it does not have",
    2: "operations that are not in the training set, of APIs that are",
    3: "APIs of which nothing is in the training set",
}

_TASKS = {
    "refine": "Seed examples rewritten",
    "instruct": "Instruction candidates written",
    "judge": "Candidates judged",
    "score": "Candidates scored (`input_tokens_mean`)",
}
_MODELS = """
## Language models

`provenance` and the candidates' `origin` and `judge` name them. A score that is null is one that
the model did not give; the candidates of that operation are ordered by what can be counted.
"""


def card_of(manifest: dict[str, Any]) -> str:
    """The card of a version, by its manifest."""
    return f"{_header(manifest)}\n{_text(manifest)}"


def _header(manifest: dict[str, Any]) -> str:
    """YAML: what the files are, one configuration for each language."""
    total = sum(sum(rows.values()) for rows in manifest["rows"].values())
    size = next((name for most, name in _SIZES if total < most), "n>10M")
    lines = [
        "---",
        f"pretty_name: {manifest['name']}",
        "language: [en]",
        "task_categories: [text-generation]",
        f"size_categories: [{size!r}]",
        "tags: [code, api, openapi]",
        "configs:",
    ]
    for language, rows in manifest["rows"].items():
        lines += [f"- config_name: {language}", "  data_files:"]
        for split in SPLITS:
            if split in rows:
                lines.append(f"  - split: {split}")
                lines.append(f"    path: data/{language}/{split}.parquet")
    return "\n".join([*lines, "---", ""])


def _text(manifest: dict[str, Any]) -> str:
    recipe = manifest["recipe"]
    columns = [
        split for split in SPLITS if any(split in rows for rows in manifest["rows"].values())
    ]
    table = [f"| language | {' | '.join(columns)} |", "| --- |" + " --- |" * len(columns)]
    for language, rows in manifest["rows"].items():
        cells = " | ".join(f"{rows.get(split, 0):,}" for split in columns)
        table.append(f"| {LANGUAGES[language].title} | {cells} |")
    splits = [f"- `{split}`: {_ABOUT[LEVELS[split]]}." for split in columns]
    return Template(_TEXT.read_text(encoding="utf-8")).substitute(
        name=manifest["name"],
        version=manifest["version"],
        num_documents=f"{manifest['num_documents']:,}",
        table="\n".join(table),
        splits="\n".join(splits),
        values=recipe["values"],
        seed=recipe["seed"],
        level_2=f"{recipe['level_2']:.0%}",
        level_3=f"{recipe['level_3']:.0%}",
    ) + _models(manifest.get("models", {}))


def _models(models: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Who did what of the rows; empty where no language model took part."""
    if not models:
        return ""
    lines = [_MODELS]
    for what, found in models.items():
        for each in found:
            prompt = f"prompt `{each['prompt']}`, version {each['prompt_version']}"
            note = f" {each['note'].capitalize()}." if each["note"] else ""
            model = f"`{each['model']}` ({each['identity']})"
            lines.append(f"- {_TASKS[what]}: {model}, {prompt}, seed {each['seed']}.{note}")
    return "\n".join(lines) + "\n"

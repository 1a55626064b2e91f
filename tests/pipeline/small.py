"""Small datasets for tests: documents in a folder, and the recipe over them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.settings import Settings
from pipeline.curation import run_steps
from pipeline.dataset import Dataset, create_dataset
from pipeline.recipe import Recipe, folder_documents
from tests.conftest import REPOSITORY

SAMPLES = REPOSITORY / "examples" / "documents"


def document(title: str, paths: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An OpenAPI document of these paths, on a server of its own."""
    host = title.lower().replace(" ", "-")
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": "1.0"},
        "servers": [{"url": f"https://{host}.test.io/v1"}],
        "paths": paths,
        **more,
    }


def operation(summary: str = "", **more: Any) -> dict[str, Any]:
    """An operation that needs nothing."""
    said = {"summary": summary} if summary else {}
    return said | {"responses": {"200": {"description": "ok"}}} | more


def shop(number: int, size: int = 12) -> dict[str, Any]:
    """An API whose operations say something that no other one does."""
    things = ["apple", "bread", "candle", "drum", "engine", "flute", "glove", "hammer", "iron"]
    paths = {
        f"/{things[each % 9]}s{each}/{{id}}": {
            "get": operation(
                f"Get the {things[each % 9]} {each} of warehouse {number} with its history",
                operationId=f"get{things[each % 9].title()}{each}",
                parameters=[
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
                ],
            )
        }
        for each in range(size)
    }
    return document(f"Warehouse {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number]}", paths)


def folder_of(path: Path, documents: dict[str, Any]) -> Path:
    """A folder of documents; a text or bytes are written as they are."""
    path.mkdir(parents=True, exist_ok=True)
    for name, content in documents.items():
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (path / name).write_bytes(data)
    return path


def dataset_of(workspace: Path, folder: Path, name: str = "small", **fields: Any) -> Dataset:
    """A dataset over a folder, in three languages unless others are wanted; nothing is run."""
    values = {"languages": ("curl", "go", "python"), **fields}
    recipe = Recipe(folder_documents(folder, "tests"), folder=str(folder), **values)
    return create_dataset(workspace, name, recipe)


def made(workspace: Path, folder: Path, *steps: str, **fields: Any) -> Dataset:
    """A dataset after these steps, or all."""
    dataset = dataset_of(workspace, folder, **fields)
    run_steps(dataset, Settings(workspace), *([steps] if steps else []))
    return dataset

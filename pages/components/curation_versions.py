"""What was exported of a dataset: figures, files to take away, and deletion."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from core.parse import LANGUAGES
from pages.components import job_view
from pipeline.dataset import Dataset, Version, delete_version, versions_of
from pipeline.row import SPLITS

_PARQUET, _LINES = "Parquet", "JSON Lines"


def show(dataset: Dataset) -> None:
    """Draw the versions, the last one first and open."""
    versions = versions_of(dataset)
    if not versions:
        st.caption("There is none yet: the step *export* writes it in the end.")
    for number, version in enumerate(versions):
        made = f"{datetime.fromtimestamp(version.created_at):%d %b %Y, %H:%M}"
        title = f"{version.name} · {made} · {job_view.counted(num_rows(version), 'row')}"
        with st.expander(title, expanded=number == 0):
            _show(version)


def num_rows(version: Version) -> int:
    """Examples in all languages and splits."""
    return sum(sum(counts.values()) for counts in version.manifest["rows"].values())


def _show(version: Version) -> None:
    rows = version.manifest["rows"]
    splits = [split for split in SPLITS if any(split in counts for counts in rows.values())]
    table = pd.DataFrame(
        {
            "Language": LANGUAGES[language].title,
            **{split: rows[language].get(split, 0) for split in splits},
        }
        for language in version.manifest["recipe"]["languages"]
        if language in rows
    )
    st.dataframe(table, hide_index=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _show_files(version)
        st.download_button(
            "Dataset card",
            lambda: (version.path / "README.md").read_text(encoding="utf-8"),
            file_name=f"{version.manifest['name']}-{version.name}.md",
            mime="text/markdown",
            icon=":material/description:",
            on_click="ignore",
            key=f"card_{version.name}",
        )
        with st.popover("Delete", icon=":material/delete:", key=f"delete_{version.name}"):
            st.write("Its files go for good. The next export writes again what it needs.")
            if st.button("Delete this version", key=f"delete_now_{version.name}", type="primary"):
                delete_version(version)
                st.rerun()
    st.caption("From Python: `datasets.load_dataset(FOLDER)`, or `pandas.read_parquet(FILE)`.")


def _show_files(version: Version) -> None:
    """Draw the choice of one file, and its download."""
    files = version.manifest["files"]
    formats = [_PARQUET, *([_LINES] if any(name.startswith("jsonl/") for name in files) else [])]
    format_ = st.segmented_control(
        "Format", formats, default=_PARQUET, required=True, key=f"format_{version.name}"
    )
    fitting = [name for name in files if (format_ == _LINES) == name.startswith("jsonl/")]
    names = sorted(fitting, key=lambda name: "api_db/" in name)  # examples first
    name = st.selectbox(
        "File",
        names,
        format_func=lambda name: f"{name.removeprefix('jsonl/')} ({_size(files[name]['bytes'])})",
        key=f"file_{version.name}",
        width=340,
    )
    if name:
        path = version.path / name
        st.download_button(
            "Download",
            path.read_bytes,
            file_name=_flat(version, Path(name)),
            mime="application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            key=f"download_{version.name}",
        )


def _flat(version: Version, path: Path) -> str:
    """One name for a file that leaves its folder: ``pets-0a1b2c-curl-train.parquet``."""
    return "-".join([version.manifest["name"], version.name, *path.parts[1:]])


def _size(num_bytes: int) -> str:
    return f"{num_bytes / 1e6:,.1f} MB" if num_bytes >= 1e5 else f"{num_bytes / 1e3:,.1f} kB"

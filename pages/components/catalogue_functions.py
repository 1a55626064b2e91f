"""The functions of a catalogue, listed; and the catalogue as a file."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from core.catalogue.function import Function
from pages.components import catalogue_cache, text


def show(name: str) -> None:
    """Draw the list."""
    catalogue = catalogue_cache.catalogue(name)
    if catalogue.description:
        st.caption(text.escape(text.first_sentence(catalogue.description)))
    rows = [
        {
            "Module": text.plain(each.module, limit=80),
            "Function": text.plain(each.name, limit=80),
            "What it does": text.first_sentence(each.description),
            "Arguments": _arguments(each),
        }
        for each in catalogue.functions
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    modules = len(catalogue.modules)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Catalogue as JSON",
            lambda: json.dumps(catalogue.as_json(), ensure_ascii=False, indent=2),
            file_name=f"{name}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(
            f"{len(rows):,} functions in {modules:,} modules. An argument with a star is required."
        )


def _arguments(function: Function) -> str:
    listed = [f"{name}*" if name in function.required else name for name in function.arguments]
    return text.plain(", ".join(listed), limit=200)

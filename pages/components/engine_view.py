"""The engines that answer: which can be used, what the others lack, and what they look at."""

from __future__ import annotations

import streamlit as st

from core.engines import ENGINES, MODEL_ENGINES, EngineKind, engine_kind
from core.errors import CallwrightError
from core.inventory import used_megabytes
from core.jobs import control
from core.jobs.indexing import MEANINGS
from core.store.jobs import UNFINISHED, Job, list_jobs
from core.store.model_servers import model_offers
from pages.components import frame, job_view, resources, text

_SECONDS = 2
_MEANING = {
    "off": ("gray", "words only"),
    "not loaded": ("gray", "loads with the first question"),
    "loading": ("blue", "loading"),
    "ready": ("green", "ready"),
    "failed": ("red", "cannot be loaded"),
}


def show() -> None:
    """Draw every engine with its state."""
    for name, kind in ENGINES.items():
        with st.container(border=True):
            _show_kind(name, kind)


def show_ways() -> None:
    """Draw the ways to use a language model, where there is one, by the example of the first."""
    models = list(dict.fromkeys(offer.name for offer in model_offers(resources.store())))
    if not models:
        return
    with st.expander("What a language model can do here", icon=":material/alt_route:"):
        for way in MODEL_ENGINES:
            name = f"{way}+{models[0]}"
            _show_kind(name, engine_kind(name))


def _show_kind(name: str, kind: EngineKind) -> None:
    missing = kind.missing(resources.store())
    badge = ":orange-badge[not ready]" if missing else ":green-badge[ready]"
    st.markdown(f"**{text.escape(kind.title)}** {text.code(name)} {badge}")
    st.caption(text.escape(kind.about))
    if missing:
        st.caption(text.escape(missing, limit=600))


def show_meaning() -> None:
    """Draw how far search by meaning is; looks again while something changes."""
    now = resources.grounded().state()
    changes = now.meaning == "loading" or _job() is not None
    st.fragment(_show_meaning, run_every=_SECONDS if changes else None)()


def _show_meaning() -> None:
    now = resources.grounded().state()
    color, words = _MEANING[now.meaning]
    lacking = sum(now.by_words_only.values())
    have = now.num_operations - lacking
    with st.container(horizontal=True):
        st.metric("Operations", f"{now.num_operations:,}", border=True)
        if now.meaning != "off":
            st.metric("Found by meaning", f"{have:,}", border=True)
        st.metric("Memory of the app", f"{used_megabytes():,.0f} MB", border=True)
    st.markdown(f"Search by meaning: :{color}-badge[{words}]")
    if now.problem:
        st.error(text.escape(now.problem, limit=600), icon=":material/error:")
    _show_progress(lacking, now.num_operations)


def _show_progress(lacking: int, total: int) -> None:
    job = _job()
    if job is not None:
        with st.container(border=True):
            job_view.show_progress(job)
            st.page_link(frame.JOBS, label="All jobs", icon=":material/work_history:")
    elif lacking:
        st.caption(
            f"{lacking:,} of {total:,} operations are found by their words only: their meanings "
            "have not been worked out."
        )
        st.button("Work them out", icon=":material/play_arrow:", type="primary", on_click=_start)


def _job() -> Job | None:
    """The job that works meanings out, if one is under way."""
    jobs = list_jobs(resources.store(), UNFINISHED)
    return next((job for job in jobs if job.kind == MEANINGS), None)


def _start() -> None:
    try:
        control.start(resources.store(), MEANINGS, {})
    except CallwrightError as error:
        frame.show_error(error)

"""The frame around every page: navigation, title, and what happens when something goes wrong."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from core.errors import CallwrightError
from pages.components import text

_HERE = Path(__file__).parent
HOME = _HERE.parent / "home.py"
CHAT = _HERE.parent / "chat.py"
OPERATIONS = _HERE.parent / "operations.py"
CHECK = _HERE.parent / "check.py"
SPECS = _HERE.parent / "specs.py"
SCOREBOARD = _HERE.parent / "scoreboard.py"
SIDE_BY_SIDE = _HERE.parent / "side_by_side.py"
MODELS = _HERE.parent / "models.py"
PROMPTS = _HERE.parent / "prompts.py"
JOBS = _HERE.parent / "jobs.py"
LABELS = _HERE.parent / "labels.py"
CATALOGUES = _HERE.parent / "catalogues.py"
CURATION = _HERE.parent / "curation.py"
TRAINING = _HERE.parent / "training.py"

_log = logging.getLogger("callwright")


def run(beside: Callable[[], None]) -> None:
    """Draw the page that the address names, and what stands beside every page."""
    page = navigation()
    try:
        _show_told()
        beside()
        page.run()
    except CallwrightError as error:
        show_error(error)
    except Exception:  # the one handler: people see words, the log sees the traceback
        _show_defect()


def navigation() -> Page:
    """Register the pages and return the one that the address names."""
    st.session_state.framed = True
    st.set_page_config(page_title="Callwright", page_icon=_HERE / "mark.svg", layout="wide")
    st.logo(_HERE / "wordmark.svg", icon_image=_HERE / "mark.svg", size="large")
    return st.navigation(
        {
            "Use": [
                st.Page(HOME, title="Start", icon=":material/home:", default=True),
                st.Page(CHAT, title="Chat", icon=":material/forum:", url_path="chat"),
                st.Page(
                    OPERATIONS,
                    title="Operations",
                    icon=":material/api:",
                    url_path="operations",
                ),
                st.Page(CHECK, title="Check", icon=":material/fact_check:", url_path="check"),
            ],
            "Build": [
                st.Page(SPECS, title="Specs", icon=":material/description:", url_path="specs"),
                st.Page(
                    CURATION,
                    title="Curation",
                    icon=":material/filter_alt:",
                    url_path="curation",
                ),
                st.Page(LABELS, title="Labels", icon=":material/label:", url_path="labels"),
                st.Page(
                    CATALOGUES,
                    title="Catalogues",
                    icon=":material/function:",
                    url_path="catalogues",
                ),
            ],
            "Compare": [
                st.Page(
                    TRAINING,
                    title="Training",
                    icon=":material/model_training:",
                    url_path="training",
                ),
                st.Page(
                    SCOREBOARD,
                    title="Scoreboard",
                    icon=":material/leaderboard:",
                    url_path="scoreboard",
                ),
                st.Page(
                    SIDE_BY_SIDE,
                    title="Side by side",
                    icon=":material/compare:",
                    url_path="side_by_side",
                ),
            ],
            "System": [
                st.Page(
                    MODELS,
                    title="Models",
                    icon=":material/network_intelligence:",
                    url_path="models",
                ),
                st.Page(PROMPTS, title="Prompts", icon=":material/edit_note:", url_path="prompts"),
                st.Page(JOBS, title="Jobs", icon=":material/work_history:", url_path="jobs"),
            ],
        },
        expanded=True,
    )


def title(words: str, caption: str = "") -> None:
    """Begin a page; every page calls this first.

    A folder named ``pages`` makes Streamlit open the first deep link to a fresh server without
    ``app.py``, hence without the frame; this notices it and starts again.
    """
    if "framed" not in st.session_state:
        navigation()
        st.rerun()
    st.title(words, anchor=False)
    if caption:
        st.caption(caption)


def show_error(error: CallwrightError) -> None:
    """Show a sentence that was written for the person at the screen."""
    st.error(text.escape(str(error), limit=1000), icon=":material/error:")


def tell(words: str, icon: str) -> None:
    """Say something, as Markdown, on the page that is drawn next; this one is about to be left."""
    st.session_state.setdefault("told", []).append((words, icon))


def _show_told() -> None:
    for words, icon in st.session_state.pop("told", []):
        st.toast(words, icon=icon, duration="long")


def _show_defect() -> None:
    mark = secrets.token_hex(3)
    _log.exception("Unexpected error %s", mark)
    st.error(
        "Something went wrong that should not have. What you entered is not lost: change it, or "
        f"go back and try again. The log of the server has the details under **{mark}**.",
        icon=":material/report:",
    )

"""Opens pages without a browser, and reads what they show."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

PAGES = Path(__file__).parents[2] / "pages"

FRAME = "from pages.components import frame; frame.run()"
"""``app.py``, run from elsewhere: beside a ``pages`` folder, AppTest leaves the frame out."""


def open_page(name: str, **query: str) -> AppTest:
    """A page as its address opens it."""
    screen = AppTest.from_string(FRAME, default_timeout=30).run()
    screen.query_params.update(query)
    return screen.switch_page(str(PAGES / f"{name}.py")).run()


def code_of(screen: AppTest) -> str:
    """The call that the page shows."""
    return screen.code[0].value


def errors_of(screen: AppTest) -> list[str]:
    """Sentences shown as errors, without their escapes."""
    return [error.value.replace("\\", "") for error in screen.error]

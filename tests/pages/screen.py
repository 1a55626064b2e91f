"""Opens pages without a browser, and reads what they show."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from streamlit.testing.v1 import AppTest

from core.openapi.document import read_document
from core.samples import SAMPLES
from core.uploads import import_uploads
from pages.components import resources

PAGES = Path(__file__).parents[2] / "pages"

FRAME = "from pages.components import frame, job_watch; frame.run(beside=job_watch.show)"
"""``app.py``, run from elsewhere: beside a ``pages`` folder, AppTest leaves the frame out."""

NAMES = sorted(path.stem for path in SAMPLES.iterdir())
"""The sample APIs."""


def open_page(name: str, **query: str) -> AppTest:
    """A page as its address opens it."""
    screen = AppTest.from_string(FRAME, default_timeout=30).run()
    screen.query_params.update(query)
    return screen.switch_page(str(PAGES / f"{name}.py")).run()


@cache
def sample(name: str) -> str:
    """What addresses call a sample API."""
    path = next(path for path in SAMPLES.iterdir() if path.stem == name)
    return resources.key(read_document(path).sha256)


def add(name: str, data: bytes) -> str:
    """Bring a document into the workspace; what addresses call it."""
    (document,) = import_uploads(resources.store(), {name: data}).documents
    return resources.key(document.sha256)


def code_of(screen: AppTest) -> str:
    """The call that the page shows."""
    return screen.code[0].value


def errors_of(screen: AppTest) -> list[str]:
    """Sentences shown as errors, without their escapes."""
    return [error.value.replace("\\", "") for error in screen.error]


def words(screen: AppTest) -> str:
    """What the page says, without its escapes."""
    elements = [*screen.markdown, *screen.caption, *screen.subheader]
    return "\n".join(element.value for element in elements).replace("\\", "")

"""How quick labelling is with 100,000 candidates: in Chromium, from key to next card.

The limit: p95 from key press to the next card is 300 ms, and every label is in the database.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks import chromium
from benchmarks.chromium import share
from benchmarks.fresh import in_fresh_process
from benchmarks.report import Report, Table
from core.candidate import Candidate
from core.settings import Settings
from core.store.annotators import add_annotator
from core.store.candidates import add_candidates, by_id
from core.store.database import open_store
from core.store.label_actions import overwrite
from core.store.labels import Decision, tally

_MOST_MILLISECONDS = 300
_READING_MILLISECONDS = 400
"""Before each key; the page takes keys that come at once for those of the card before."""
_PER_OPERATION = 5
_KEYS = "ggbgsgbgfg"
_CARD = (
    """document.querySelector("[class*=st-key-good-]")?.className.match(/st-key-good-\\S+/)[0]"""
)
_WATCH = f"""() => {{
  const card = () => {_CARD};
  const seen = window.seen = {{key: 0, change: 0, card: card()}};
  document.addEventListener("keydown", () => {{ seen.key = performance.now(); }}, true);
  new MutationObserver(() => {{
    const now = card();
    if (now && now !== seen.card) {{ seen.card = now; seen.change = performance.now(); }}
  }}).observe(document.body, {{subtree: true, childList: true, attributes: true}});
}}"""
_ORDERS = ("Sample of operations", "Random", "Judges disagree most", "By API")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--candidates", type=int, default=100_000, metavar="N", help="default: 100000"
    )
    parser.add_argument(
        "--keys", type=int, default=100, metavar="N", help="to press per order; default: 100"
    )


def run(arguments: argparse.Namespace) -> Report:
    path = chromium.require_chromium()
    with tempfile.TemporaryDirectory(
        prefix="callwright-labeling-", ignore_cleanup_errors=True
    ) as temporary:
        workspace = Path(temporary, "workspace")
        filled = in_fresh_process(fill, workspace, arguments.candidates)
        with chromium.browser(path) as browser, chromium.serve(workspace) as server:
            server.wait()
            rows = [
                _measure(browser, server, workspace, order, arguments.keys) for order in _ORDERS
            ]
            megabytes = server.peak_megabytes()
    return Report(
        title="Labelling in Chromium",
        tables=[
            Table(
                f"{arguments.candidates:,} candidates; milliseconds from key press to next card",
                ("order", "first card s", "keys", "labels kept", "p50", "p95", "CPU a key"),
                rows,
            )
        ],
        notes=[
            f"The candidates took {filled.result:.1f} CPU seconds to bring in; the server has "
            f"taken {megabytes:,.0f} MB at most. CPU is that of the server, in milliseconds: on a "
            "busy machine it says more than times."
        ],
        problems=[problem for row in rows for problem in _problems(row)],
    )


def fill(workspace: Path, count: int) -> float:
    """Bring so many candidates in, a fifth of them labelled by somebody else; the CPU seconds."""
    with closing(open_store(Settings(workspace))) as store:
        before = time.process_time()
        found = by_id(_candidates(count))
        add_candidates(store, "benchmark", found)
        spent = time.process_time() - before
        for name in ("somebody", *_ORDERS):
            add_annotator(store, name)
        overwrite(store, "somebody", dict.fromkeys(list(found)[::5], Decision("good")))
    return spent


def _candidates(count: int) -> Iterator[Candidate]:
    for number in range(count):
        operation = number // _PER_OPERATION
        yield Candidate(
            group=f"operation {operation}",
            text=f"I want wording {number % _PER_OPERATION} to show thing {operation} of its kind.",
            api_name=f"Shop {operation % 200}",
            functionality=f"Show thing {operation}",
            description=f"Shows everything that is known of thing {operation}. " * 6,
            endpoint=f"showThing{operation}",
            method="GET",
            path=f"/things/{operation}/{{part}}",
            call=f"curl --request GET \\\n  --url 'https://shop.example/things/{operation}/3'" * 3,
            origin="template",
        )


def _measure(
    browser: Any, server: chromium.Server, workspace: Path, order: str, count: int
) -> tuple[str, float, int, int, float, float, float]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    started = time.monotonic()
    page.goto(f"{server.address}/labels?who={order}&order={order}")
    page.wait_for_function(_CARD, timeout=120_000)
    first = time.monotonic() - started
    page.get_by_role("button", name="Good").wait_for()
    page.evaluate(_WATCH)
    before = server.cpu_seconds()
    waits = sorted(_waits(page, count))
    spent = (server.cpu_seconds() - before) / count * 1000
    page.close()
    with closing(open_store(Settings(workspace))) as store:
        kept = sum(tally(store).get(order, {}).values())
    return order, first, count, kept, share(waits, 50), share(waits, 95), spent


def _waits(page: Any, count: int) -> Iterator[float]:
    """Milliseconds from each key to the next card, as the page itself sees them."""
    for number in range(count):
        page.wait_for_timeout(_READING_MILLISECONDS)
        card = page.evaluate("seen.card")
        page.keyboard.press(_KEYS[number % len(_KEYS)])
        page.wait_for_function("card => seen.card !== card", arg=card)
        yield page.evaluate("seen.change - seen.key")


def _problems(row: tuple[str, float, int, int, float, float, float]) -> Iterator[str]:
    order, _, pressed, kept, _, slow, _ = row
    if kept != pressed:
        yield f"{order}: {pressed} keys left {kept} labels."
    if slow > _MOST_MILLISECONDS:
        yield f"{order}: one key in 20 waits {slow:.0f} ms or more for the next card."

"""The sample APIs become a dataset: previewed, made, looked into, put right, taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.row import DatasetRow
from pipeline.table import schema_of
from tests.e2e.conftest import settle

pytestmark = pytest.mark.e2e

_SECONDS = 240
"""Half a minute where nothing else runs."""


@pytest.mark.timeout(600)
def test_samples_become_a_dataset_and_a_lost_row_is_opened_and_kept(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    page = visit("/curation")
    page.get_by_text("There is no dataset yet").wait_for()
    page.get_by_text(re.compile(r"^\d+ documents of")).wait_for()
    page.get_by_role("button", name="Preview three rows").click()
    page.get_by_test_id("stCode").nth(3).wait_for()
    page.get_by_label("Name", exact=True).fill("samples")
    page.get_by_label("Name", exact=True).press("Enter")
    page.get_by_text(re.compile("run --dataset samples")).wait_for()
    page.get_by_role("button", name="Start", exact=True).click()
    wait_until_made(page)
    assert "dataset=samples" in page.url

    page.get_by_text("Funnel", exact=True).click()
    page.get_by_role("heading", name="What was lost").wait_for()
    settle(page)
    page.locator("[aria-label*=few-good][aria-roledescription=bar]").first.click()
    page.get_by_role("button", name="Keep it anyway").click()
    page.get_by_text("Kept anyway (1)").wait_for()
    page.get_by_role("button", name="Run again").click()
    page.get_by_role("button", name="Run again").wait_for(state="detached")
    page.get_by_text("Overview", exact=True).click()
    wait_until_made(page)
    versions = page.get_by_text(re.compile(r"\d rows$"))
    assert versions.count() == 2
    more, fewer = (int(found.split(" · ")[2].split()[0].replace(",", ""))
                   for found in versions.all_inner_texts())  # fmt: skip
    assert more > fewer > 2_000

    with page.expect_download() as started:
        page.get_by_role("button", name="Download", exact=True).first.click()
    started.value.save_as(tmp_path / "rows.parquet")
    table = pq.read_table(tmp_path / "rows.parquet")
    assert table.num_rows and table.schema.names == schema_of(DatasetRow).names

    page.goto(page.url.partition("?")[0] + "?dataset=samples&tab=Rows&language=go")
    page.get_by_text("func main()").wait_for()


def wait_until_made(page: Any) -> None:
    """Wait for the end of the job that the page watches."""
    page.get_by_role("button", name="All datasets").wait_for()
    page.get_by_test_id("stMain").get_by_text("running", exact=True).or_(
        page.get_by_test_id("stMain").get_by_text("done", exact=True)
    ).first.wait_for(timeout=_SECONDS * 1000)
    page.get_by_role("button", name="Bring up to date").wait_for(timeout=_SECONDS * 1000)
    page.get_by_test_id("stMain").get_by_text("done", exact=True).wait_for()
    settle(page)

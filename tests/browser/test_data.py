"""Files really sent: the address for them is open to the tab that shows the screen Data, while it does."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

HEAD = "date,easting,northing,strand"


def test_files_are_sent_read_and_let_go_of_and_the_way_in_closes_with_the_screen(
    page: Page, demonstration: str, demonstration_store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "October 2026.csv"
    file.write_text(f"{HEAD}\n2026-10-15,616003,472168,race\n,616003,472168,race\n", encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/upload_file/" in one.url else None)
    page.goto(f"{demonstration}/data")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Step 3: read and check")).to_be_visible()
    (address,) = set(asked)
    sent = {"multipart": {"file": {"name": "x.csv", "mimeType": "text/csv", "buffer": b"a,b\n"}}}
    other = re.sub(r"upload_file/[^/]+", "upload_file/00000000-0000-0000-0000-000000000000", address)
    assert page.request.put(other, **sent).status == 404
    # The address is there, but takes nothing without the token that the page sends along.
    assert page.request.put(address, **sent).status == 403
    page.get_by_role("button", name="Read and check").click()
    expect(page.get_by_text("1 of 2 rows used")).to_be_visible()
    expect(page.get_by_text("The date is blank")).to_be_visible()
    page.get_by_role("button", name="Discard this load").click()
    expect(page.get_by_text("nothing was stored")).to_be_visible()
    assert not [*demonstration_store.rglob("October*")]
    page.get_by_role("link", name="Methods").click()
    expect(page.get_by_role("heading", name="Data")).to_have_count(0)
    assert page.request.put(address, **sent).status == 404

"""An inspector's way through the briefings screen in a real browser: from the queue to the PDF of an issued briefing."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from briefing.register import open_briefings
from data.demo.files import demo_settings
from ingest.places import STORE_VARIABLE

pytestmark = pytest.mark.browser


def test_from_the_queue_to_the_pdf_of_an_issued_briefing(
    page: Page, demonstration: str, demonstration_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto(f"{demonstration}/briefings?audience=inspector")
    expect(page.get_by_role("note", name="Protective marking")).to_contain_text("OFFICIAL-SENSITIVE")
    page.get_by_role("button", name="Begin").first.click()
    page.get_by_label("Context").fill("A vigil is planned on the green.")
    page.get_by_label("Context").blur()
    expect(page.get_by_text("A vigil is planned on the green.")).to_have_count(2)
    expect(page.get_by_role("img", name=re.compile("^Map of "))).to_be_visible()
    assert downloaded(page, "Draft as PDF")[0].startswith(b"%PDF")
    click(page, "Save", then="Saved.")
    click(page, "Check", then="Version 2 is checked.")
    click(page, "Approve", then="Version 2 is approved.")
    page.get_by_label("Issue to").fill("Cllr Ann Example")
    page.get_by_label("Issue to").blur()
    click(page, "Issue", then="It is issued.")
    content, name = downloaded(page, "PDF")
    assert name.startswith("WO-")
    monkeypatch.setenv(STORE_VARIABLE, str(demonstration_store))
    (record,) = open_briefings(demo_settings()).search()
    kept = open_briefings(demo_settings()).document(record.id, kind="pdf")
    assert content.startswith(b"%PDF")
    assert hashlib.sha256(content).hexdigest() == kept.sha256


def click(page: Page, name: str, *, then: str) -> None:
    """Click a button by its whole name, and wait for what is said after it."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(then)).to_be_visible()


def downloaded(page: Page, name: str) -> tuple[bytes, str]:
    """Download a file; give it and what it is called."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    file: Download = waiting.value
    return Path(file.path()).read_bytes(), file.suggested_filename

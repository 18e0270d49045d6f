"""The screen Data: what a new user does with a month's files, from sending them to accepting, and what goes wrong on the way."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from data.settings import load_settings
from data.snapshots import SnapshotStore
from disclosure.audit import open_audit
from disclosure.upload_permits import PERMITS
from ingest.pipeline import ingest
from ingest.places import STORE_VARIABLE, snapshot_folder
from ingest.staging import Staging
from pages.components import guard
from pages.session import SETTINGS_VARIABLE
from tests.area_files import INCIDENTS, REFERRALS, SETTINGS, middle, write_area

APRIL = ["date,easting,northing,strand", *(f"2025-04-15,{middle(ward)},race" for ward in range(6))]


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SnapshotStore]:
    """The six wards, loaded once, served without sign-in."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    path, inputs = write_area(tmp_path / "files")
    monkeypatch.setenv(SETTINGS_VARIABLE, str(path))
    st.cache_resource.clear()
    settings = load_settings(path)
    store = SnapshotStore(snapshot_folder(settings))
    ingest(inputs, settings=settings, store=store)
    yield store
    st.cache_resource.clear()


def as_file(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def send(app: AppTest, **files: list[str] | bytes) -> AppTest:
    sent = [(f"{name}.csv", one if isinstance(one, bytes) else as_file(one), "text/csv") for name, one in files.items()]
    return app.file_uploader[0].set_value(sent).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def html_of(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def table_rows(html: str, caption: str) -> list[list[str]]:
    """Cells of the table whose caption ends so."""
    table = html[html.index(f"{caption}</caption>") :].partition("</table>")[0]
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in table.split("<tr>")[2:]]


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def says(app: AppTest) -> str:
    assert not app.exception
    said = "\n".join(one.value for kind in (app.error, app.warning, app.info, app.success) for one in kind)
    return said.replace("\\", "")  # as it is read


def test_a_months_file_is_read_added_to_what_was_there_and_accepted(open_screen, area):
    before = area.newest().id
    messy = [*APRIL, "2025-04-16,,,race", "", f",{middle(1)},race"]
    app = send(open_screen("data"), april=messy)
    assert says(app) == ""
    assert "<span>Date</span><b>date</b>" in html_of(app)
    assert "these files hold 2025/26 Q1 (April to June 2025). Loaded before: 2024/25 Q1 to" in html_of(app)
    app = press(app, "Read and check")
    told = html_of(app)
    assert "6 of 9 rows used" in told
    assert "1 row: neither a ward nor a place that can be used" in told
    assert table_rows(told, "none of these rows is used") == [
        ["8", "", "No ward is named, and no place that can be used", "Fill in one of them at the source."],
        ["10", "date", "The date is blank", "Fill it in at the source, if it is known."],
    ]
    assert "2 of 9 rows are not used" in says(app)
    assert "Incidents: 2025/26 Q1 appeared." in html_of(app)
    assert area.ids() == [before]
    app = press(app, "Accept")
    assert "is the newest now" in says(app)
    newest = area.newest()
    assert newest.id != before
    assert app.session_state["_next-snapshot"] == newest.id, "the next screen shows it, whatever was looked at before"
    assert len(newest.incidents()) == 120 + 6
    assert newest.referrals()["count"].sum() == area.open(before).referrals()["count"].sum()
    assert not any(area.folder.glob(".staging/*"))


def test_what_was_done_stands_in_the_audit(open_screen, area, tmp_path):
    app = press(send(open_screen("data"), april=APRIL), "Read and check")
    press(app, "Discard this load")
    done = [(row.action, row.what) for row in open_audit(load_settings(tmp_path / "files" / "settings.toml")).entries()]
    assert done[::-1] == [
        ("saw", "data"),
        ("saved", "files"),
        ("ingested", "files"),
        ("saw", "files"),
        ("deleted", "files"),
    ]


def test_unknown_headings_are_mapped_by_hand_and_saved_as_settings(open_screen, area, tmp_path):
    renamed = ["When,easting,northing,strand", *APRIL[1:]]
    app = send(open_screen("data"), april=renamed)
    assert "no column is known to hold the date" in says(app)
    assert next(one for one in app.button if one.label == "Read and check").disabled
    choose(app, "Date", "When")
    app = press(app, "Use these columns")
    assert "taken over" in says(app)
    app = press(app, "Read and check")
    assert "6 of 6 rows used" in html_of(app)
    app = press(app, "Save as settings")
    assert "Saved as settings" in says(app)
    written = (tmp_path / "files" / "settings.toml").read_text(encoding="utf-8")
    assert written == SETTINGS.replace('date = "date"', 'date = "When"')


TRIAL = ["Ward,Quarter of referral,Vulnerability type,Referred by,No.", *REFERRALS[1:]]
"""The referrals under headings that no settings name."""
TRIAL_COLUMNS = {
    "Ward code": "Ward",
    "Quarter": "Quarter of referral",
    "Type of concern": "Vulnerability type",
    "Sector that referred": "Referred by",
    "Number of referrals": "No.",
}


def box(app: AppTest, label: str) -> Selectbox:
    return next(one for one in app.selectbox if one.label == label)


def choose(app: AppTest, label: str, heading: str) -> None:
    box(app, label).set_value(box(app, label).options.index(heading))


def shown(app: AppTest) -> dict[str, str]:
    return {label: box(app, label).options[box(app, label).value] for label in TRIAL_COLUMNS}


def mapped_by_hand(open_screen: Callable[..., AppTest]) -> AppTest:
    app = send(open_screen("data"), referrals=TRIAL)
    for label, heading in TRIAL_COLUMNS.items():
        choose(app, label, heading)
    return press(app, "Use these columns")


def test_a_box_that_is_changed_later_leaves_what_the_others_show(open_screen, area):
    app = mapped_by_hand(open_screen)
    assert shown(app) == TRIAL_COLUMNS
    choose(app, "Sector that referred", "not in the file")
    app = press(app, "Use these columns")
    assert shown(app) == {**TRIAL_COLUMNS, "Sector that referred": "not in the file"}
    choose(app, "Sector that referred", "Referred by")
    app = press(app, "Use these columns")
    assert shown(app) == TRIAL_COLUMNS
    assert "24 of 24 rows used" in html_of(press(app, "Read and check"))


def test_one_column_is_not_taken_for_two_things(open_screen, area):
    app = mapped_by_hand(open_screen)
    choose(app, "Sector that referred", "Vulnerability type")
    app = press(app, "Use these columns")
    assert "'Vulnerability type' stands in more than one box" in says(app)
    assert "Nothing was taken over" in says(app)


def test_the_reserved_column_is_not_offered(open_screen, area):
    app = send(open_screen("data"), referrals=[f"{TRIAL[0]},provenance", *(f"{line},invented" for line in TRIAL[1:])])
    assert box(app, "Ward code").options == ["not in the file", *TRIAL[0].split(",")]


def test_a_file_about_people_is_refused_at_the_door_and_not_kept(open_screen, area):
    people = [REFERRALS[0] + ",Date of birth", *(f"{line},2001-02-03" for line in REFERRALS[1:])]
    app = send(open_screen("data"), people=people)
    assert "announces a date of birth" in says(app)
    assert "2001" not in says(app) + html_of(app)
    assert not [*area.folder.rglob("people.csv")]


def test_a_line_above_the_headings_is_told_of_and_passed_over(open_screen, area):
    app = send(open_screen("data"), april=["Export of the force", *APRIL])
    next(one for one in app.selectbox if one.label == "What april csv holds").set_value("incidents").run()
    assert "If the headings stand in another row" in says(app)
    app.number_input[0].set_value(2)
    app = press(app, "Look again")
    assert "<span>Date</span><b>date</b>" in html_of(app)
    assert "6 of 6 rows used" in html_of(press(app, "Read and check"))


def test_two_files_of_one_kind_and_files_that_are_none_are_answered_with_sentences(open_screen, area):
    app = send(open_screen("data"), one=REFERRALS, two=REFERRALS, none=b"", picture=b"\x89PNG\r\n")
    assert "none.csv: the file is empty" in says(app)
    assert "There are 2 files of referrals (one.csv, two.csv), and one is read" in html_of(app).replace("\\", "")
    assert next(one for one in app.button if one.label == "Read and check").disabled


def test_a_file_that_cannot_be_used_is_refused_with_a_sentence_and_stays_to_be_removed(open_screen, area):
    elsewhere = [APRIL[0], *(f"2025-04-15,{100_000 + step},{100_000 + step},race" for step in range(30))]
    app = press(send(open_screen("data"), far=elsewhere), "Read and check")
    assert "no row of the incidents belongs to any ward" in says(app)
    assert "Remove" in labels(app)
    assert len(area.ids()) == 1


def test_a_reload_finds_the_load_again_and_says_so(open_screen, area):
    press(send(open_screen("data"), april=APRIL), "Read and check")
    app = open_screen("data")
    assert "the load that you began earlier" in says(app)
    assert "6 of 6 rows used" in html_of(app)


def test_a_load_is_not_accepted_unseen_where_somebody_else_accepted_one(open_screen, area, tmp_path):
    app = press(send(open_screen("data"), april=APRIL), "Read and check")
    other = Staging(area, who="sub:other", settings=load_settings(tmp_path / "files" / "settings.toml"))
    other.take_in("all.csv", as_file([*INCIDENTS, *APRIL[1:]]))
    other.read()
    accepted = other.accept(by="Other").id
    app = press(app, "Accept")
    assert "Somebody else accepted" in says(app)
    assert area.newest().id == accepted
    assert "Read and check again" in labels(app.run())


def test_history_tells_of_each_snapshot_and_goes_back_with_a_reason(open_screen, area):
    first = area.newest().id
    app = press(send(open_screen("data"), april=[*INCIDENTS, *APRIL[1:]]), "Read and check")
    app = press(app, "Accept")
    second = area.newest().id
    app = open_screen("data", part="history")
    assert first in html_of(app)
    assert second in html_of(app)
    compared = open_screen("data", part="compare")
    assert "Incidents: 2025/26 Q1 appeared." in html_of(compared)
    next(one for one in app.selectbox if one.label == "Why").set_value("trial")
    app.checkbox[0].check().run()
    app = press(app, "Withdraw")
    assert "is withdrawn" in says(app)
    assert area.ids() == [first]


def test_the_demonstration_area_is_tried_but_never_loaded_over(open_screen):
    rows = ["date,easting,northing,strand", "2026-10-15,616003,472168,race"]
    app = press(send(open_screen("data"), october=rows), "Read and check")
    assert "1 of 1 rows used" in html_of(app)
    assert "the demonstration area, which stays as it is" in says(app)
    assert "Accept" not in labels(app)
    assert "nothing was stored" in says(press(app, "Discard this load"))


ACCESS = """
[access]
contact = "the data team"
[[access.groups]]
group = "all"
audiences = ["analyst"]
[[access.groups]]
group = "north"
audiences = ["analyst"]
districts = ["North"]
[[access.groups]]
group = "inspectors"
audiences = ["inspector"]
"""
TAB = "test session id"
"""Of every tab of the test harness."""


@pytest.mark.parametrize(("group", "parts"), [("all", 3), ("north", 2), ("inspectors", 0)])
def test_files_are_let_in_for_analysts_of_all_districts_alone_and_only_on_this_screen(
    open_screen, area, monkeypatch, tmp_path, group, parts
):
    path = tmp_path / "files" / "settings.toml"
    path.write_text(SETTINGS + ACCESS, encoding="utf-8")
    monkeypatch.setattr(guard, "auth_configured", lambda: True)
    st.cache_resource.clear()
    PERMITS.take_back(TAB)
    user = {
        "is_logged_in": True,
        **{"sub": group, "name": "Ann", "groups": [group], "iat": time.time() - 60, "nonce": str(time.time_ns())},
    }
    app = open_screen("data", user=user, part="load")
    assert not app.exception
    assert len(app.get("button_group")[0].options if parts else []) == parts
    assert PERMITS.holds(TAB) == (group == "all")
    assert bool(app.file_uploader) == (group == "all")
    assert "Withdraw" not in labels(open_screen("data", user=user, part="history")) or group == "all"
    assert not PERMITS.holds(TAB)


def test_a_link_to_a_snapshot_that_is_gone_says_so(open_screen):
    app = open_screen("data", part="history", report="2020-21-q1-0123456789ab")
    assert "do not have (report)" in says(app)


@pytest.mark.parametrize("part", ["history", "compare"])
def test_what_is_loaded_is_shown_of_the_demonstration_area(open_screen: Callable[..., AppTest], part):
    app = open_screen("data", part=part)
    assert not app.exception
    assert "Withdraw" not in labels(app)


def test_columns_that_nobody_mapped_are_told_by_what_they_hold_and_preset(open_screen, area):
    app = send(open_screen("data"), referrals=[TRIAL[0], *TRIAL[1:], f"X05900001,2024/25 Q4,concern,police,{-1}"])
    assert shown(app) == TRIAL_COLUMNS
    told = html_of(app)
    assert "ward codes: all 25 are codes of this area&#x27;s wards" in told
    assert "X0590" not in told
    app = press(press(app, "Use these columns"), "Read and check")
    assert "24 of 25 rows used" in html_of(app)
    assert table_rows(html_of(app), "none of these rows is used") == [
        ["26", "No.", "The count is negative", "Correct the count at the source."]
    ]
    assert "Accept" in labels(app)


def test_codes_taken_for_names_are_put_right_with_one_button(open_screen, area):
    app = mapped_by_hand(open_screen)
    choose(app, "Ward code", "not in the file")
    choose(app, "Ward name", "Ward")
    app = press(app, "Use these columns")
    assert "'Ward' is taken for the ward name, and that is not what it holds. It looks like the ward code." in says(app)
    app = press(app, "Use it as ward code")
    assert shown(app) == TRIAL_COLUMNS
    assert "24 of 24 rows used" in html_of(press(app, "Read and check"))


def test_a_file_of_elsewhere_is_said_to_be_and_its_other_faults_are_told(open_screen, area):
    elsewhere = [line.replace("X0590", "X0599") for line in REFERRALS[1:]]
    app = send(open_screen("data"), referrals=[REFERRALS[0], *elsewhere, "X05990001,2024/25 Q1,concern,police,1.5"])
    assert "none of them is one of this area's wards" in says(app)
    app = press(app, "Read and check")
    assert "names a ward in 24 rows, and none of its 6 different codes is that of one of this area's 6 wards" in says(
        app
    )
    assert "X0599" not in says(app) + html_of(app)
    assert [row[:3] for row in table_rows(html_of(app), "none of these rows is used")] == [
        ["26", "count", "The count is not a whole number"]
    ]

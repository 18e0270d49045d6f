"""A load before it is accepted: kept privately, never half taken in, gone when it is let go of."""

import os
import stat
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from data.errors import PersonLevelError, RefusedInputError, UsageError
from data.report import NothingUsedError
from data.settings import load_settings
from ingest.pipeline import ingest
from ingest.staged_files import LEFT_AFTER, StagedFiles, clear_left
from ingest.staging import FOLDER, Staging
from tests.area_files import INCIDENTS, POPULATION, REFERRALS, in_place_of, middle, write_area

APRIL = ["date,easting,northing,strand", *(f"2025-04-15,{middle(ward)},race" for ward in range(6))]


def as_file(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


@pytest.fixture
def settings(tmp_path, store):
    """Those of the six wards, of which two years are loaded."""
    path, inputs = write_area(tmp_path / "files")
    found = load_settings(path)
    ingest(inputs, settings=found, store=store)
    return found


@pytest.fixture
def staging(store, settings):
    return Staging(store, who="sub:ann", settings=settings)


def kept(store) -> list[str]:
    return sorted(path.name for path in (store.folder / FOLDER).rglob("*") if path.is_file())


def test_files_are_kept_for_the_servers_account_alone_and_go_with_the_load(staging, store):
    staging.take_in("april.csv", as_file(APRIL))
    staging.read()
    inside = [*(store.folder / FOLDER).glob("*/**/*")]
    assert {"april.csv", "manifest.json", ".key"} <= {path.name for path in inside}
    (own,) = (store.folder / FOLDER).iterdir()
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert {
        stat.S_IMODE(path.stat().st_mode) for path in inside if path.name in ("april.csv", "load.json", ".key")
    } == {0o600}
    staging.discard()
    assert kept(store) == []
    assert staging.state is None
    assert len(store.ids()) == 1


def test_what_a_file_is_and_what_its_columns_hold_is_told_from_its_headings(staging):
    for name, lines in (("i.csv", APRIL), ("r.csv", REFERRALS), ("p.csv", POPULATION)):
        staging.take_in(name, as_file(lines))
    assert [one.kind for one in staging.state.files] == ["incidents", "referrals", "population"]
    assert staging.understood(staging.state.files[1]).columns["category"] == "category"


def test_headings_that_nobody_declared_are_told_and_what_they_sound_like_is_offered(staging):
    staging.take_in("r.csv", as_file([REFERRALS[0].replace("category", "Type of concern"), *REFERRALS[1:]]))
    found = staging.understood(staging.state.files[0])
    assert (found.lacking, found.undeclared) == (("category",), ("Type of concern",))
    assert staging.recognised(staging.state.files[0], found).presets == {"category": "Type of concern"}
    staging.map_columns({"referrals": {"category": "Type of concern"}})
    assert staging.understood(staging.state.files[0]).is_clear
    assert staging.read().referrals()["category"].unique().tolist() == ["concern"]


def test_what_was_mapped_before_stays_when_more_is_mapped(staging):
    lines = ["Ward,Quarter,Kind,Sector,Count", *REFERRALS[1:]]
    staging.take_in("r.csv", as_file(["A line above", *lines]))
    staging.choose(1, "referrals")
    staging.map_columns({"referrals": {"header_row": 2}})
    staging.map_columns({"referrals": {"ward_code": "Ward", "category": "Sector"}})
    staging.map_columns({"referrals": {"category": "Kind"}})
    found = staging.understood(staging.state.files[0])
    assert found.columns == dict(
        zip(("ward_code", "quarter", "category", "sector", "count"), lines[0].split(","), strict=True)
    )
    assert staging.read().referrals()["category"].unique().tolist() == ["concern"]


def test_files_of_other_times_may_be_added_and_those_of_the_same_take_their_place(staging):
    staging.take_in("april.csv", as_file(APRIL))
    standing = staging.standing("incidents")
    assert (standing.quarters, standing.may_be_added) == (("2025/26 Q1",), True)
    assert len(standing.gone) == 4
    staging.take_in("march.csv", as_file([APRIL[0], f"2025-03-20,{middle(1)},race"]))
    assert staging.standing("incidents").twice == ("March 2025",)
    staging.take_in("r.csv", as_file([one for one in REFERRALS if "2024/25 Q1" not in one]))
    assert staging.standing("referrals").gone == ("2024/25 Q1",)


def test_a_refusal_is_kept_with_what_else_was_found_until_something_changes(staging):
    lines = [line.replace("X0590", "X0599") for line in REFERRALS[1:]]
    staging.take_in("r.csv", as_file([REFERRALS[0], *lines, "X05990000,2024/25 Q1,concern,police,-1"]))
    with pytest.raises(NothingUsedError):
        staging.read()
    assert "none of its 6 different codes" in staging.state.refused
    (account,) = staging.state.accounts
    assert [one.what for one in account.findings if one.row == 26] == ["the count is negative"]
    staging.map_columns({"referrals": {"category": "sector", "sector": "category"}})
    assert (staging.state.refused, staging.state.accounts) == ("", ())


def test_a_row_of_data_in_place_of_headings_is_never_shown(staging):
    staging.take_in("i.csv", as_file([APRIL[1], *APRIL[1:]]))
    staging.choose(1, "incidents")
    found = staging.understood(staging.state.files[0])
    assert found.like_data
    assert found.headings == ()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("tool.exe", b"MZ", "cannot be read here"),
        (".hidden.csv", b"a,b\n", "begins with a dot"),
        ("a\x1b[2J.csv", b"a,b\n", "cannot be shown"),
        ("x" * 200 + ".csv", b"a,b\n", "longer than 120"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(staging, store, name, content, why):
    with pytest.raises(RefusedInputError, match=why):
        staging.take_in(name, content)
    assert [one for one in kept(store) if one != "load.json"] == []


def test_a_workbook_that_does_not_open_stays_until_its_sheet_was_asked_for(staging):
    staging.take_in("web.xlsx", b"<html>")
    staging.choose(1, "incidents")
    with pytest.raises(RefusedInputError, match="not an Excel workbook"):
        staging.understood(staging.state.files[0])


def test_a_workbook_of_several_sheets_is_read_once_its_sheet_is_named(staging, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["About this file"])
    sheet = book.create_sheet("April")
    sheet.append(["April 2025"])
    for line in APRIL:
        sheet.append(line.split(","))
    book.save(tmp_path / "april.xlsx")
    staging.take_in("april.xlsx", (tmp_path / "april.xlsx").read_bytes())
    staging.choose(1, "incidents")
    with pytest.raises(RefusedInputError, match="'Sheet', 'April'"):
        staging.understood(staging.state.files[0])
    staging.map_columns({"incidents": {"sheet": "April", "header_row": 2}})
    assert staging.understood(staging.state.files[0]).is_clear
    staging.add(frozenset({"incidents"}))
    assert len(staging.read().incidents()) == 126


def test_a_name_that_leads_elsewhere_stays_in_its_folder(staging, store, tmp_path):
    for name in ("../../../outside.csv", "..\\..\\outside2.csv", "/tmp/outside3.csv"):
        staging.take_in(name, as_file(APRIL))
    assert [one.name for one in staging.state.files] == ["outside.csv", "outside2.csv", "outside3.csv"]
    assert not (tmp_path / "outside.csv").exists()
    with pytest.raises(RefusedInputError, match="a file of this name is here already"):
        staging.take_in("OUTSIDE.csv", as_file(APRIL))


def test_a_file_beyond_the_limit_is_not_kept(store, settings):
    small = in_place_of(settings, limits={"file_megabytes": 1})
    with pytest.raises(RefusedInputError, match="file_megabytes"):
        Staging(store, who="sub:ann", settings=small).take_in("large.csv", b"a,b\n" * 300_000)
    assert [one for one in kept(store) if one != "load.json"] == []


@pytest.mark.parametrize("unasked", [True, False])
def test_what_tells_of_people_is_not_kept_whenever_it_is_found_out(staging, store, unasked):
    if unasked:
        people = [REFERRALS[0] + ",Surname", *(f"{line},Smith" for line in REFERRALS[1:])]
        with pytest.raises(PersonLevelError):
            staging.take_in("people.csv", as_file(people))
    else:
        people = [REFERRALS[0], *(line.replace("concern", f"9{row:09d}") for row, line in enumerate(REFERRALS[1:]))]
        staging.take_in("people.csv", as_file(people))
        with pytest.raises(PersonLevelError) as refused:
            staging.read()
        assert "90000" not in str(refused.value)
    assert "people.csv" not in kept(store)
    assert staging.state.files == ()


def test_what_is_not_sent_stays_as_it_was_and_what_is_added_is_accounted_for_with_the_rest(staging, store):
    before = store.newest()
    staging.take_in("april.csv", as_file([*APRIL, "2025-04-16,,,race"]))
    staging.add(frozenset({"incidents"}))
    staged = staging.read()
    assert len(staged.incidents()) == 126
    assert staged.referrals().equals(before.referrals())
    assert staged.wards().equals(before.wards())
    account = next(one for one in staged.manifest.reports if one.table == "incidents")
    assert (account.rows_read, account.used) == (127, 126)
    assert [one.rows_read for one in staging.state.accounts] == [7]
    assert {one.role for one in staged.manifest.sources} == {
        *("wards", "population", "referrals", "incidents", "incidents before")
    }


def test_months_that_are_loaded_already_are_not_added_again(staging):
    staging.take_in("march.csv", as_file([APRIL[0], f"2025-03-20,{middle(1)},race", *APRIL[1:]]))
    staging.add(frozenset({"incidents"}))
    with pytest.raises(RefusedInputError, match=r"march\.csv: it has incidents of March 2025, and so has"):
        staging.read()
    staging.take_in("r.csv", as_file(REFERRALS))
    staging.drop(1)
    staging.add(frozenset({"referrals"}))
    with pytest.raises(RefusedInputError, match="2024/25 Q1, 2024/25 Q2"):
        staging.read()


def test_the_same_files_give_the_snapshot_that_the_command_line_would(staging, store, settings, tmp_path):
    _, inputs = write_area(tmp_path / "other", incidents=[*INCIDENTS, *APRIL[1:]])
    expected = ingest(inputs, settings=settings, store=store).snapshot_id
    store.remove(expected)
    staging.take_in("renamed.csv", as_file([*INCIDENTS, *APRIL[1:]]))
    assert staging.read().id == expected
    manifest = staging.accept(by="Ann")
    assert (manifest.id, manifest.created_by) == (expected, "Ann")
    store.open(expected).verify()
    assert store.newest().id == expected
    staging.take_in("again.csv", as_file([*INCIDENTS, *APRIL[1:]]))
    staging.read()
    with pytest.raises(UsageError, match=f"stored already, as snapshot {expected}"):
        staging.accept(by="Ann")


@pytest.mark.parametrize("change", [{"keep": ["race"]}, {"stand_in": "Street crime"}, {"tolerance_metres": 10.0}])
def test_incidents_that_would_mean_something_else_do_not_stay(store, settings, change):
    staging = Staging(store, who="sub:ann", settings=in_place_of(settings, incidents=change))
    staging.take_in("r.csv", as_file(REFERRALS))
    with pytest.raises(UsageError, match=f"{next(iter(change))} in the settings changed"):
        staging.read()


def test_new_boundaries_need_everything_and_a_first_load_too(staging, store, settings, tmp_path):
    staging.take_in("wards.geojson", (tmp_path / "files" / "wards.geojson").read_bytes())
    with pytest.raises(UsageError, match="New ward boundaries need everything anew"):
        staging.read()
    store.remove(store.newest().id)
    with pytest.raises(UsageError, match="Not given: population, referrals, incidents"):
        staging.read()
    for name in ("population", "referrals", "incidents"):
        staging.take_in(f"{name}.csv", (tmp_path / "files" / f"{name}.csv").read_bytes())
    assert staging.read().wards()["residents"].notna().all()


def test_two_people_do_not_see_each_others_load_and_the_second_looks_again(staging, store, settings):
    other = Staging(store, who="sub:bob", settings=settings)
    for one, extra in ((staging, 1), (other, 3)):
        one.take_in("april.csv", as_file(APRIL[: 1 + extra]))
        one.add(frozenset({"incidents"}))
        one.read()
    first = other.accept(by="Bob").id
    assert staging.overtaken_by() == first
    with pytest.raises(UsageError, match=f"Somebody else accepted snapshot {first}"):
        staging.accept(by="Ann")
    assert store.newest().id == first


def test_a_load_that_is_gone_says_so(staging):
    staging.take_in("april.csv", as_file(APRIL))
    staging.discard()
    with pytest.raises(UsageError, match="This load is gone"):
        staging.choose(1, "incidents")
    with pytest.raises(UsageError, match="nothing to accept"):
        staging.accept(by="Ann")


def test_other_files_or_columns_forget_what_was_read(staging):
    staging.take_in("april.csv", as_file(APRIL))
    staging.read()
    staging.take_in("r.csv", as_file(REFERRALS))
    assert staging.staged() is None
    assert staging.state.accounts == ()


def test_a_result_that_was_damaged_is_forgotten_and_the_files_are_read_again(staging, store):
    staging.take_in("april.csv", as_file(APRIL))
    staged = staging.read()
    next((store.folder / FOLDER).glob("*/store/*/incidents.parquet")).write_bytes(b"no table")
    assert staging.staged() is None
    assert staging.read().id == staged.id


def test_loads_that_nobody_went_on_with_are_removed(staging, store):
    staging.take_in("april.csv", as_file(APRIL))
    now = datetime.now(UTC)
    assert clear_left(store.folder / FOLDER, now=now + LEFT_AFTER - timedelta(minutes=5)) == 0
    assert clear_left(store.folder / FOLDER, now=now + LEFT_AFTER + timedelta(minutes=5)) == 1
    assert kept(store) == []


def test_a_state_that_cannot_be_read_is_no_load(staging, store):
    staging.take_in("april.csv", as_file(APRIL))
    (own,) = (store.folder / FOLDER).iterdir()
    (own / "load.json").write_text("{", encoding="utf-8")
    assert StagedFiles(own).state is None


def test_a_folder_that_cannot_be_written_is_told_of(store, settings):
    if os.geteuid() == 0:
        (store.folder / FOLDER).write_text("in the way", encoding="utf-8")
    else:
        store.folder.chmod(0o500)
    with pytest.raises(UsageError, match="cannot be kept"):
        Staging(store, who="sub:ann", settings=settings).take_in("april.csv", as_file(APRIL))

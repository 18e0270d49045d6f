"""A pack of briefings: which wards, each document as it is made of one ward alone, and a failure that stops nothing."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

import briefing.papers.briefings_pack as briefings_pack
from briefing.documents import make_documents
from briefing.follow_up import draft_of
from briefing.map_ground import map_ground
from briefing.officers_words import OfficersWords
from briefing.papers.briefings_pack import wards_to_brief, write_briefings
from data.briefing_settings import Briefing
from data.errors import UsageError
from tests.briefings import CODES, FLAGGED, NEITHER, UNKNOWN, UNSURE, make_area
from tests.register_samples import CASTLE, issued, register_in

DAY = date(2026, 11, 22)
RULES = Briefing(contact="prevent@council.example")


@pytest.fixture
def quick_papers(monkeypatch):
    """Documents that need no setting, and one ward whose documents fail by a fault of the program."""

    secret = f"a count of {1 + 2}"

    def make(area, code, **_):
        if code == UNSURE:
            raise ZeroDivisionError(secret)
        return {"pdf": f"%PDF {code}".encode(), "docx": b"PK"}

    monkeypatch.setattr(briefings_pack, "make_documents", make)


def pack(tmp_path, wards=CODES, *, area=None, told=None):
    file = io.BytesIO()
    register = register_in(tmp_path / "register")
    progress = (lambda *step: told.append(step)) if told is not None else (lambda *_: None)
    found = write_briefings(
        file, area or make_area(), wards, register=register, rules=RULES, made_on=DAY, progress=progress
    )
    return found, file.getvalue()


def contents(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        assert parts.testzip() is None
        return {name: parts.read(name) for name in parts.namelist()}


def test_each_document_is_to_the_byte_what_is_made_of_that_ward_alone(tmp_path):
    area, register = make_area(), register_in(tmp_path / "register")
    issued(register, replace(CASTLE, ward_code=FLAGGED))
    _, packed = pack(tmp_path, (FLAGGED,), area=area)
    issue = draft_of(register, area, FLAGGED, made_on=DAY)
    words = OfficersWords().with_defaults(RULES)
    alone = make_documents(area, FLAGGED, ground=map_ground(area), words=words, issue=issue)
    assert issue.previous
    assert {f"briefing-001.{kind}": content for kind, content in alone.items()} == {
        name: content for name, content in contents(packed).items() if name.startswith("briefing")
    }


def test_one_ward_that_fails_is_said_and_stops_no_other(tmp_path, quick_papers, caplog):
    told: list[tuple[str, int, int]] = []
    found, packed = pack(tmp_path, told=told)
    assert found.made == (FLAGGED, NEITHER, UNKNOWN)
    (said,) = found.failed
    assert said.startswith(f"{UNSURE}: a fault of the program")
    listed = contents(packed)["contents.txt"].decode()
    assert said in listed
    assert "count of 3" not in listed + caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert [(done, of) for _, done, of in told] == [(number, 4) for number in range(5)]


def test_a_ward_of_which_nothing_is_known_says_so(tmp_path):
    with pytest.raises(UsageError, match=f"No briefing could be made.\n{UNKNOWN}: No population is known for Weir"):
        pack(tmp_path, (UNKNOWN,))


def test_the_list_of_contents_is_marked_and_tells_what_the_file_names_do_not(tmp_path, quick_papers):
    _, packed = pack(tmp_path, (FLAGGED, NEITHER), area=make_area(invented=("wards",)))
    files = contents(packed)
    assert sorted(files) == [
        *(f"briefing-00{number}.{kind}" for number in (1, 2) for kind in ("docx", "pdf")),
        "contents.txt",
    ]
    lines = files["contents.txt"].decode().split("\r\n")
    assert lines[0].startswith("OFFICIAL-SENSITIVE")
    assert lines[1].startswith("FICTIONAL AREA")
    assert f"briefing-002  {NEITHER}  St Anne's (North)" in lines
    assert "Not in it:" not in lines


def test_the_same_wards_give_the_same_bytes(tmp_path, quick_papers):
    assert pack(tmp_path)[1] == pack(tmp_path)[1]


def test_wards_are_those_that_are_due_all_or_those_that_are_named(tmp_path):
    area, register = make_area(), register_in(tmp_path)

    def meant(*wards):
        return wards_to_brief(area, wards, register=register, rules=RULES, today=DAY)

    assert meant("due") == (FLAGGED,)
    assert meant("all") == tuple(CODES)
    assert meant(NEITHER, FLAGGED, NEITHER) == (FLAGGED, NEITHER)
    with pytest.raises(UsageError, match="There is no ward X09999999"):
        meant(FLAGGED, "X09999999")
    with pytest.raises(UsageError, match="Say for which wards"):
        meant()


def test_where_no_ward_is_due_that_is_said(tmp_path):
    wards = make_area().released.wards.assign(flagged=False)
    area = make_area(changes=None)
    area = replace(area, released=replace(area.released, wards=wards))
    with pytest.raises(UsageError, match="No ward is due"):
        wards_to_brief(area, ("due",), register=register_in(tmp_path), rules=RULES, today=DAY)

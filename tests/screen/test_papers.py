"""The tab of papers: who may have them, what each takes, what was made and handed out, and what is said where none is made."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import cli
import pages.components.guard as guard
import pages.components.paper_making as paper_making
import pages.session as session
from briefing.papers.kinds import KINDS, Kind
from briefing.papers.making import Made, Order
from data.demo.files import SETTINGS_TOML
from data.errors import UsageError
from disclosure.audiences import Audience
from disclosure.audit import Action, What
from pages.components.briefing_today import today
from pages.session import SETTINGS_VARIABLE, audit
from tests.screen.test_briefings import ACCESS, HOSTILE, html_of, labelled, texts
from tests.screen.test_sign_in import claims

MEETING = today() + timedelta(days=1)
FLAGGED, OTHER = "X05000006", "X05000090"


@pytest.fixture
def papers(open_screen: Callable[..., AppTest]) -> Callable[..., AppTest]:
    """Open the tab: `papers(audience="analyst")`."""

    def open_it(*, audience: str = "inspector", user: dict[str, object] | None = None) -> AppTest:
        address = {} if user else {"audience": audience}
        return open_screen("briefings", user=user, show="papers", **address)

    return open_it


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """Orders that came in; what is made of them needs no setting."""
    orders: list[Order] = []

    def make(order: Order, **_: object) -> Made:
        orders.append(order)
        return Made(
            {f"{KINDS[order.kind].file}.pdf": f"%PDF {len(orders)}".encode()}, ("Not made: X1: no population.",)
        )

    monkeypatch.setattr(paper_making, "make_pack", make)
    monkeypatch.setattr(paper_making, "wards_of", lambda order, **_: order.wards)
    return orders


@pytest.fixture
def rows() -> Callable[[], list[tuple[str, str, str, dict[str, str]]]]:
    """What has been recorded of papers since the test began: action, what, audience and detail."""
    before, kinds = audit().head().rows, {facts.what for facts in KINDS.values()}

    def found() -> list[tuple[str, str, str, dict[str, str]]]:
        new = [row for row in audit().entries() if row.number > before and row.what in kinds][::-1]
        return [(row.action, row.what, row.audience, json.loads(row.detail)) for row in new]

    return found


def make(app: AppTest, kind: Kind) -> AppTest:
    if kind is Kind.STEERING:
        app.text_input(key="pack_meeting").set_value(f"{MEETING:%d/%m/%Y}").run()
    return app.button(key=f"make-{kind}").click().run()


def with_words(app: AppTest, *, wards: tuple[str, ...] = (FLAGGED, OTHER), title: str = "Young voices") -> AppTest:
    app.multiselect(key="bid-wards").set_value(list(wards))
    return labelled(app.text_input, "Title of the bid").set_value(title).run()


def test_every_kind_says_in_a_sentence_for_whom_it_is_and_has_one_button(papers):
    app = papers()
    assert not app.exception
    assert not app.error
    for kind, facts in KINDS.items():
        assert facts.says in html_of(app)
        assert facts.says.startswith("For ")
        assert app.button(key=f"make-{kind}").label == f"Make the {facts.title.lower()}"
    assert not app.get("download_button")


def test_what_is_made_is_recorded_before_and_handed_out_to_the_byte_and_recorded_again(papers, made, rows):
    app = make(papers(), Kind.STEERING)
    assert not app.error
    assert [(order.kind, order.meeting) for order in made] == [(Kind.STEERING, MEETING)]
    assert rows() == [(Action.MADE, What.STEERING_PACK, Audience.STEERING, {})]
    assert [one.label for one in app.get("download_button")] == ["PDF"]
    content = app.session_state["_paper_pdf-steering_offered"].content()
    assert content == b"%PDF 1"
    told = {"format": "pdf", "documents": hashlib.sha256(content).hexdigest()}
    assert rows()[1:] == [(Action.EXPORTED, What.STEERING_PACK, Audience.STEERING, told)]
    assert "no population" in texts(app.warning)[0]


def test_what_was_made_is_there_after_a_look_elsewhere_until_something_else_is_asked_for(papers, made):
    app = make(papers(audience="analyst"), Kind.PROFILE)
    app = app.button_group(key="show").set_value("due").run()
    app = app.button_group(key="show").set_value("papers").run()
    assert len(app.get("download_button")) == 1
    assert made[0] == Order(Kind.PROFILE, made_on=today(), audience=Audience.ANALYST)
    app = app.button_group(key="profile_for").set_value("steering").run()
    assert not app.get("download_button")
    assert len(make(app, Kind.PROFILE).get("download_button")) == 1
    assert made[1].audience is Audience.STEERING


def test_a_paper_that_cannot_be_made_is_said_in_a_sentence(papers, monkeypatch):
    def refuse(order: Order, **_: object) -> Made:
        raise UsageError(f"Too few quarters. {HOSTILE}")

    monkeypatch.setattr(paper_making, "make_pack", refuse)
    app = make(papers(), Kind.SCRUTINY)
    assert texts(app.error)[0].startswith("Too few quarters. ![x]")
    assert r"\!\[x\]" in app.error[0].value
    assert not app.get("download_button")


def test_a_fault_of_the_program_is_logged_without_data(papers, monkeypatch, caplog):
    secret = f"a count of {1 + 2}"

    def fail(order: Order, **_: object) -> Made:
        raise ZeroDivisionError(secret)

    monkeypatch.setattr(paper_making, "make_pack", fail)
    app = make(papers(), Kind.SCRUTINY)
    assert texts(app.error)[0].startswith("Something went wrong in the program.")
    assert secret not in caplog.text


def test_briefings_are_of_wards_that_are_due_unless_others_are_chosen(papers, made, rows):
    app = make(papers(), Kind.BRIEFINGS)
    app = app.button_group(key="briefings_of").set_value("chosen").run()
    assert app.button(key="make-briefings").disabled
    app = app.multiselect(key="briefings_wards").set_value([OTHER]).run()
    app = make(app, Kind.BRIEFINGS)
    assert [order.wards for order in made] == [("due",), (OTHER,)]
    assert rows()[-1] == (Action.MADE, What.BRIEFINGS_PACK, Audience.COUNCILLOR, {"ward": OTHER})


def test_evidence_waits_for_wards_and_a_title_and_warns_of_a_ward_that_is_not_flagged(papers, made):
    app = papers()
    assert app.button(key="make-evidence").disabled
    app = with_words(app)
    assert any(text.endswith("The paper will say so.") for text in texts(app.warning))
    assert "No amount is given." in html_of(app)
    app = with_words(app, wards=(FLAGGED,))
    assert not app.warning
    make(app, Kind.EVIDENCE)
    assert (made[0].wards, made[0].bid.title) == ((FLAGGED,), "Young voices")


def test_costs_that_are_half_said_or_do_not_add_up_are_not_left_out_in_silence(papers):
    app = with_words(papers(), wards=(FLAGGED,))
    app = labelled(app.text_input, "Cost 1").set_value("Rooms").run()
    assert texts(app.error) == ["Cost 1: say what for, and how many pounds."]
    assert app.button(key="make-evidence").disabled
    app.number_input(key="bid-pounds0").set_value(200)
    app = app.number_input(key="bid-amount").set_value(100).run()
    assert "the costs add up to 200 pounds, and 100 are asked for" in texts(app.error)[0]
    app = app.number_input(key="bid-amount").set_value(200).run()
    assert not app.error


def test_the_words_of_a_bid_are_kept_while_one_looks_elsewhere(papers):
    app = with_words(papers(), title=HOSTILE)
    labelled(app.text_area, "What the project would do").set_value("Workshops.")
    app = labelled(app.text_input, "Outcome 1").set_value("More trust").run()
    app = app.button_group(key="show").set_value("register").run()
    app = app.button_group(key="show").set_value("papers").run()
    assert labelled(app.text_input, "Title of the bid").value == HOSTILE
    assert labelled(app.text_area, "What the project would do").value == "Workshops."
    assert labelled(app.text_input, "Outcome 1").value == "More trust"
    assert app.multiselect(key="bid-wards").value == [FLAGGED, OTHER]
    assert "<img src=x" not in html_of(app)


def test_the_steering_group_makes_its_own_papers_and_no_other(papers, made):
    app = papers(audience="steering")
    assert app.button_group(key="show").options == ["Due", "Papers", "Register"]
    assert not app.warning
    offered = {one.key for one in app.button if (one.key or "").startswith("make-")}
    assert offered == {"make-steering", "make-minutes", "make-profile"}
    make(make(app, Kind.STEERING), Kind.PROFILE)
    assert [(order.kind, order.audience) for order in made] == [
        (Kind.STEERING, None),
        (Kind.PROFILE, Audience.STEERING),
    ]


def test_a_meeting_that_is_over_gets_no_pack(papers, made):
    app = papers()
    app.text_input(key="pack_meeting").set_value("12/03/2020").run()
    app = app.button(key="make-steering").click().run()
    assert "This day is over" in texts(app.error)[0]
    assert not made


def test_who_may_not_write_briefings_gets_no_draft_and_that_it_was_tried_is_recorded(open_screen):
    open_screen("briefings", show="draft", audience="steering")
    row = next(row for row in audit().entries() if row.action == Action.REFUSED)
    assert (row.what, json.loads(row.detail)["reason"]) == ("briefings", "audience")


@pytest.fixture
def with_access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve the same area with sign-in."""
    path = tmp_path / "settings.toml"
    path.write_text(SETTINGS_TOML + ACCESS, encoding="utf-8")
    session.demonstration_ready()
    monkeypatch.setenv(SETTINGS_VARIABLE, str(path))
    monkeypatch.setattr(guard, "auth_configured", lambda: True)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_a_person_of_one_district_gets_papers_of_it_and_takes_no_view_that_is_not_theirs(
    with_access, papers, monkeypatch
):
    seen = {}

    def make_of(order: Order, *, sources, **_: object) -> Made:
        seen[order.kind] = sources.area(KINDS[order.kind].audience)
        return Made({})

    monkeypatch.setattr(paper_making, "make_pack", make_of)
    app = papers(user=claims("inspectors of brackwold"))
    assert app.button_group(key="profile_for").options == ["Inspector"]
    assert all("Brackwold" in one for one in app.multiselect(key="bid-wards").options)
    for kind in (Kind.STEERING, Kind.PROFILE):
        app = make(app, kind)
        assert not app.error
        assert {str(row["district"]) for row in seen[kind].rows[-1].values()} == {"Brackwold"}
        assert seen[kind].audience is KINDS[kind].audience


def test_a_screen_hands_out_the_bytes_that_the_command_line_writes(papers, tmp_path):
    app = make(papers(), Kind.SCRUTINY)
    assert not app.error
    settings = tmp_path / "settings.toml"
    settings.write_text(SETTINGS_TOML, encoding="utf-8")
    asked = ["pack", "scrutiny", "--settings", settings, "--out", tmp_path, "--date", today().isoformat()]
    done = CliRunner().invoke(cli.app, [str(one) for one in asked])
    assert done.exit_code == 0, done.stderr
    for kind in ("pdf", "docx"):
        offered = app.session_state[f"_paper_{kind}-scrutiny_offered"]
        assert offered.content() == (tmp_path / f"scrutiny-paper.{kind}").read_bytes()

"""The briefings screen: from the queue to an issued document, what is refused, and what each person may see of it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import pages.components.briefing_issue as briefing_issue
import pages.components.guard as guard
import pages.session as session
from briefing.officers_words import OfficersWords
from briefing.register import NewerVersionError
from data.demo.files import SETTINGS_TOML
from disclosure.audit import Action
from disclosure.people import person_without_sign_in
from ingest.places import STORE_VARIABLE
from pages.briefing_facts import last_briefed, register
from pages.session import SETTINGS_VARIABLE, audit
from tests.screen.test_sign_in import claims

HOSTILE = "![x](http://evil.example)<img src=x onerror=alert(1)> **b**"
BEATRICE = person_without_sign_in("beatrice")
ACCESS = """
[access]
contact = "the data team"
[[access.groups]]
group = "inspectors of brackwold"
audiences = ["inspector"]
districts = ["Brackwold"]
[[access.groups]]
group = "steering"
audiences = ["steering"]
[[access.groups]]
group = "admins"
administrator = true
"""


@pytest.fixture(scope="module", autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory, demonstration: None) -> Iterator[None]:
    """A register of this file's own: what is issued here is seen by no other test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(tmp_path_factory.mktemp("briefings")))
        st.cache_resource.clear()
        yield
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def own_register(own_store: None) -> Iterator[None]:
    """Each test begins with an empty register: what the server keeps of the area stays."""
    yield
    for path in (audit().path, audit().path.with_suffix(".anchor")):
        path.unlink(missing_ok=True)


@pytest.fixture
def quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that need no setting: for tests that look at what comes after them."""
    monkeypatch.setattr(briefing_issue, "make_documents", lambda *_, **__: {"pdf": b"%PDF-", "docx": b"PK"})


@pytest.fixture
def briefings(open_screen: Callable[..., AppTest]) -> Callable[..., AppTest]:
    """Open the screen: `briefings(show="register")`."""

    def open_it(*, user: dict[str, object] | None = None, **address: str) -> AppTest:
        return open_screen("briefings", user=user, **address)

    return open_it


def html_of(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def texts(elements) -> list[str]:
    """What stands on the screen, without the marks that keep Streamlit from reading it as Markdown."""
    return [one.value.replace("\\", "") for one in elements]


def button(app: AppTest, start: str):
    return next(one for one in app.button if (one.key or "").startswith(start))


def has(app: AppTest, start: str) -> bool:
    return any((one.key or "").startswith(start) for one in app.button)


def labelled(elements, start: str):
    return next(one for one in elements if one.label.startswith(start))


def begun(briefings) -> AppTest:
    """The draft of the first ward that is due."""
    return button(briefings(audience="inspector"), "begin-").click().run()


def approved(app: AppTest) -> AppTest:
    for step in ("save-", "checked-", "approved-"):
        app = button(app, step).click().run()
        assert not app.error
    return app


def issued(app: AppTest, *, to: str = "Cllr Ann Example") -> AppTest:
    app = labelled(approved(app).text_input, "Issue to").set_value(to).run()
    return button(app, "issue-").click().run()


def only_record():
    (record,) = register().search()
    return record


def test_the_queue_says_which_wards_are_due_why_and_how_sure(briefings):
    app = briefings(audience="inspector")
    assert not app.exception
    assert not app.error
    said = html_of(app)
    assert "OFFICIAL-SENSITIVE" in said
    assert "No second person approves here: demonstration." in said
    assert "wards are due, the surest first" in said
    assert "Mossel Bridge" in said
    assert "almost certain" in said
    assert "Its flag was never briefed." in said


def test_from_the_queue_to_an_issued_briefing_and_its_outcome(briefings):
    app = begun(briefings)
    assert "DRAFT. Not approved, not issued" in html_of(app)
    assert [one.label for one in app.get("download_button")] == ["Draft as PDF", "Draft as Word"]
    app = labelled(app.text_area, "Context").set_value("A vigil is planned.").run()
    assert "A vigil is planned." in html_of(app)
    assert button(app, "checked-").disabled
    app = issued(app)
    assert app.query_params["show"] in ("register", ["register"])
    record = only_record()
    assert record.issue.for_whom == "Cllr Ann Example"
    assert record.words.context == "A vigil is planned."
    assert f"{record.label}: {record.basis.ward_name}" in html_of(app)
    assert "no newer figures since then." in html_of(app)
    pdf = register().document(record.id, kind="pdf")
    assert pdf.content.startswith(b"%PDF")
    assert hashlib.sha256(pdf.content).hexdigest() == pdf.sha256
    app = labelled(app.text_area, "What came of it").set_value("She met the head teacher.").run()
    app = button(app, "review-").click().run()
    assert "She met the head teacher." in html_of(app)
    assert record.basis.ward_name not in html_of(briefings(show="due"))


def test_issuing_to_nobody_and_withdrawing_without_a_reason_are_refused_with_a_sentence(briefings):
    app = approved(begun(briefings))
    app = button(app, "issue-").click().run()
    assert texts(app.error) == ["Say whom it is for: 2 characters or more."]
    app = button(app, "withdraw-").click().run()
    assert texts(app.error)[0].startswith("Say why it is withdrawn")
    assert only_record().state == "approved"


def test_an_action_that_lacks_its_day_is_said_and_not_saved(briefings):
    app = begun(briefings)
    app = labelled(app.text_input, "Action 1").set_value("Visit the school").run()
    assert texts(app.error) == ["Action 1: say what is done, by whom and by when."]
    app = button(app, "save-").click().run()
    assert only_record().version == 1


def test_two_who_write_at_once_see_both_texts_and_lose_none(briefings):
    app = begun(briefings)
    record = only_record()
    register().save(record.id, words=OfficersWords(context="Hers."), by=BEATRICE, based_on=1)
    app = labelled(app.text_area, "Context").set_value("Mine.").run()
    app = button(app, "save-").click().run()
    assert "beatrice saved version 2 while you were writing." in texts(app.warning)[0]
    assert "Hers." in html_of(app)
    assert labelled(app.text_area, "Context").value == "Mine."
    app = button(app, "save-").click().run()
    assert [one.words.context for one in register().versions(record.id)] == ["", "Hers.", "Mine.", "Mine."]
    assert only_record().words.context == "Mine."


def test_every_text_that_was_saved_can_be_read_in_the_register(briefings):
    begun(briefings)
    record = only_record()
    for context in ("Hers.", "His."):  # the second did not know of the first
        with suppress(NewerVersionError):
            register().save(record.id, words=OfficersWords(context=context), by=BEATRICE, based_on=1)
    app = briefings(audience="inspector", show="register", briefing=str(record.id))
    versions = labelled(app.selectbox, "Version")
    assert versions.options == [
        "2: the text that counts",
        "3: kept beside it, written while somebody else saved",
        "1: an earlier text",
    ]
    assert "<b>Context</b>: Hers." in html_of(app)
    app = versions.set_value(3).run()
    assert "<b>Context</b>: His." in html_of(app)


def test_what_is_written_is_kept_while_one_looks_at_another_tab(briefings):
    app = begun(briefings)
    app = labelled(app.text_area, "Context").set_value("Half a sentence").run()
    app = app.button_group(key="show").set_value("due").run()
    app = app.button_group(key="show").set_value("draft").run()
    assert labelled(app.text_area, "Context").value == "Half a sentence"
    assert only_record().version == 1


def test_a_flag_that_is_gone_is_said_on_the_draft(briefings):
    app = begun(briefings)
    ward = only_record().basis.ward_code
    register().withdraw(only_record().id, reason="For the test.", by=BEATRICE)
    basis = replace(only_record().basis, flagged=True, ward_code="X05000090")
    register().draft(basis, words=OfficersWords(), by=BEATRICE)
    app = briefings(audience="inspector", show="draft", ward="X05000090")
    assert ward != "X05000090"
    assert "It was flagged when this draft was begun; it is not now." in texts(app.warning)


def test_hostile_words_are_text_everywhere(briefings):
    app = begun(briefings)
    app = labelled(app.text_area, "Context").set_value(HOSTILE).run()
    app = issued(app, to=HOSTILE)
    app = labelled(app.text_area, "What came of it").set_value(HOSTILE).run()
    app = button(app, "review-").click().run()
    assert not app.exception
    for body in (one.proto.body for one in app.get("html")):
        assert "<img src=x" not in body
    assert "&lt;img src=x" in html_of(app)
    assert "<img src=x" not in html_of(briefings(show="due"))


def test_a_briefing_of_any_ward_can_be_asked_for_with_a_reason_and_answered(briefings):
    app = briefings(audience="steering")
    app.selectbox(key="ask_ward").set_value("X05000090")
    app = button(app, "FormSubmitter").click().run()
    assert texts(app.error)[0].startswith("Say why a briefing is asked for")
    app.text_area(key="ask_reason").set_value("A ward forum meets in May.")
    app = button(app, "FormSubmitter").click().run()
    assert "A ward forum meets in May." in html_of(app)
    assert "Asked for on" in html_of(app)
    assert not has(app, "give_answer-")
    app = briefings(audience="inspector")
    labelled(app.text_area, "Answer").set_value("It was told by telephone.")
    app = button(app, "give_answer-").click().run()
    assert register().requests() == ()


def test_an_action_that_is_overdue_stands_on_top_until_it_is_done(briefings, quick_papers):
    app = begun(briefings)
    labelled(app.text_input, "Action 1").set_value("Visit the school")
    labelled(app.text_input, "By whom").set_value("Insp Example")
    app = labelled(app.date_input, "By when").set_value(date.today() - timedelta(days=9)).run()  # noqa: DTZ011
    app = issued(app)
    assert "1 action is overdue" in html_of(app)
    labelled(app.text_area, "What came of it").set_value("The head was met.")
    app = button(app, "done-late").click().run()
    assert "overdue" not in html_of(app)
    assert "The head was met." in html_of(app)


def test_an_issued_briefing_is_withdrawn_or_replaced_by_a_new_one(briefings, quick_papers):
    app = issued(begun(briefings))
    first = only_record()
    app = button(app, "replace-").click().run()
    app = issued(app)
    newest = register().search()[0]
    assert (newest.replaces, register().record(first.id).state) == (first.id, "superseded")
    labelled(app.text_area, "Why it no longer holds").set_value("The figures were wrong.")
    app = button(app, "recall-").click().run()
    assert "The figures were wrong." in html_of(app)
    assert register().record(newest.id).state == "withdrawn"


def test_steering_looks_at_the_queue_and_the_register_and_cannot_write(briefings, quick_papers):
    issued(begun(briefings))
    app = briefings(audience="steering", show="draft", ward="X05000022")
    assert app.button_group(key="show").options == ["Due", "Papers", "Register"]
    assert "written by inspectors and analysts" in texts(app.warning)[0]
    row = next(row for row in audit().entries() if row.action == Action.REFUSED)
    assert (row.what, json.loads(row.detail)["reason"]) == ("briefings", "audience")
    assert not app.error
    assert not has(app, "begin-")
    record = only_record()
    app = briefings(audience="steering", show="register", briefing=str(record.id))
    assert record.label in html_of(app)
    assert len(app.get("download_button")) == 2
    for key in ("review-", "recall-", "replace-", "done-"):
        assert not has(app, key)


@pytest.fixture
def with_access(tmp_path: Path, own_store: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve the same area and register with sign-in, and with a second person."""
    path = tmp_path / "settings.toml"
    path.write_text(SETTINGS_TOML.replace("second_person = false", "second_person = true") + ACCESS, encoding="utf-8")
    session.demonstration_ready()
    monkeypatch.setenv(SETTINGS_VARIABLE, str(path))
    monkeypatch.setattr(guard, "auth_configured", lambda: True)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_a_person_sees_wards_of_their_districts_only_and_cannot_check_their_own(with_access, briefings):
    user = claims("inspectors of brackwold")
    app = briefings(user=user)
    assert not app.error
    said = html_of(app)
    assert "Great Yaxenley" in said
    assert "Wendcaster" not in said
    assert all("Wendcaster" not in option for option in app.selectbox(key="ask_ward").options)
    app = button(app, "begin-").click().run()
    assert button(app, "checked-").disabled
    assert "Who wrote any of it cannot check it. Ask somebody else to." in html_of(app)
    assert "No second person" not in html_of(app)
    assert "Wendcaster" not in html_of(briefings(user=user, show="register"))


def test_who_has_no_audience_is_refused_and_it_is_recorded(with_access, briefings):
    app = briefings(user=claims("admins"))
    assert "due" not in html_of(app)
    row = next(row for row in audit().entries() if row.action == Action.REFUSED)
    assert (row.what, json.loads(row.detail)["reason"]) == ("briefings", "screen")


def test_a_ward_that_was_briefed_says_when_and_how_it_stands_since(briefings, quick_papers):
    app = issued(begun(briefings))
    record, snapshot = only_record(), _only(app.query_params["snapshot"])
    said = last_briefed(record.basis.ward_code, snapshot_id=snapshot, districts=None)
    assert said.endswith(f"({record.label}); no newer figures since then.")
    assert last_briefed("X05000090", snapshot_id=snapshot, districts=None) == ""


def _only(value: str | list[str]) -> str:
    return value if isinstance(value, str) else value[0]

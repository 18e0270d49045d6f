"""A wrong load is taken back: what was shown of it binds nothing that is shown afterwards."""

import pytest

from data.errors import UsageError
from data.settings import load_settings
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience
from disclosure.audit_entries import Action, What
from disclosure.permitted import Question
from disclosure.told_book import ToldBook
from disclosure.views import open_view
from disclosure.withdrawing import Why, withdraw_snapshot
from ingest.pipeline import ingest
from tests.area_files import INCIDENTS, write_area


@pytest.fixture
def store(tmp_path):
    return SnapshotStore(tmp_path / "store")


def load(store, folder, **files):
    settings, inputs = write_area(folder, **files)
    return ingest(inputs, settings=load_settings(settings), store=store).snapshot_id


def shown(store, id, folder, audience=Audience.INSPECTOR):
    view = open_view(store, id, settings=load_settings(folder / "settings.toml"), audience=audience)
    released = view.answer(Question())
    return released.wards["observed_incidents"].tolist(), view.shown_before(released.window)


def wrong_then_right(store, tmp_path):
    """Load incidents of which most are missing, show them, then load all of them."""
    wrong = load(store, tmp_path / "wrong", incidents=[*INCIDENTS[:1], *INCIDENTS[1::6]])
    shown(store, wrong, tmp_path / "wrong")
    return wrong, load(store, tmp_path / "right")


def test_what_was_shown_first_stays_and_that_is_said(store, tmp_path):
    wrong, right = wrong_then_right(store, tmp_path)
    counts, said = shown(store, right, tmp_path / "right")
    alone, nothing = shown(
        SnapshotStore(tmp_path / "other"), load(SnapshotStore(tmp_path / "other"), tmp_path / "o"), tmp_path / "o"
    )
    assert counts != alone
    assert f"first shown from snapshot {wrong}" in said
    assert nothing == ""


def test_the_analyst_has_the_corrected_figures_and_no_such_sentence(store, tmp_path):
    _, right = wrong_then_right(store, tmp_path)
    counts, said = shown(store, right, tmp_path / "right", Audience.ANALYST)
    assert (max(counts), said) == (48, "")


def test_after_a_withdrawal_the_right_load_is_shown_as_if_it_were_the_first(store, tmp_path):
    wrong, right = wrong_then_right(store, tmp_path)
    shown(store, right, tmp_path / "right")
    recorded = []
    freed = withdraw_snapshot(wrong, why=Why.WRONG_FILE, store=store, record=recorded.append, who="os:someone")
    other = SnapshotStore(tmp_path / "other")
    alone = shown(other, load(other, tmp_path / "o"), tmp_path / "o")
    assert freed == 2
    assert shown(store, right, tmp_path / "right") == alone
    assert [(one.action, one.what, one.snapshot, one.detail["reason"]) for one in recorded] == [
        (Action.WITHDREW, What.SNAPSHOT, wrong, "wrong-file")
    ]
    assert store.ids() == [right]


def test_what_was_shown_before_the_wrong_load_is_still_held_to(store, tmp_path):
    right = load(store, tmp_path / "right")
    before = shown(store, right, tmp_path / "right")
    wrong = load(store, tmp_path / "wrong", incidents=[*INCIDENTS[:1], *INCIDENTS[1::6]])
    shown(store, wrong, tmp_path / "wrong")
    assert withdraw_snapshot(wrong, why=Why.TRIAL, store=store, record=lambda _: None, who="os:someone") == 1
    assert shown(store, right, tmp_path / "right") == before
    assert len(ToldBook(store.folder).entries()) == 1


def test_what_cannot_be_recorded_is_not_withdrawn(store, tmp_path):
    wrong, _ = wrong_then_right(store, tmp_path)

    def refuse(_):
        raise UsageError("The audit trail cannot be written.")

    with pytest.raises(UsageError, match="audit trail"):
        withdraw_snapshot(wrong, why=Why.WRONG_FILE, store=store, record=refuse, who="os:someone")
    assert wrong in store.ids()
    assert len(ToldBook(store.folder).entries()) == 1


def test_a_snapshot_that_is_not_there_is_refused(store, tmp_path):
    load(store, tmp_path / "right")
    with pytest.raises(UsageError, match="There is no snapshot"):
        withdraw_snapshot(
            "2024-25-q4-0123456789ab", why=Why.TRIAL, store=store, record=lambda _: None, who="os:someone"
        )


def test_numbers_of_the_book_go_on_after_a_withdrawal(store, tmp_path):
    wrong, right = wrong_then_right(store, tmp_path)
    withdraw_snapshot(wrong, why=Why.WRONG_FILE, store=store, record=lambda _: None, who="os:someone")
    shown(store, right, tmp_path / "right")
    assert [place.name[:6] for place in (store.folder / ".told").glob("0*")] == ["000002"]

import pytest

from disclosure.audiences import Audience
from disclosure.permitted import Question
from pages import session
from pages.session import OnRequest

WHICH = ("snapshot", Audience.ANALYST, Question())


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(session, "view_of", lambda *_: None)
    session._kept.clear()
    yield
    session._kept.clear()


def working(answers, *, meanwhile=lambda: None, name="numbers"):
    """An answer on request that gives the next of `answers`, after two steps between which something else may happen."""

    def work(_view, _question, progress):
        progress(0, 2)
        meanwhile()
        progress(1, 2)
        return answers.pop(0)

    return OnRequest(name, work=work)


def make(what, *, which=WHICH):
    told = []
    return what.make(*which, progress=lambda done, of: told.append((done, of))), told


def test_an_answer_is_known_once_it_was_made_and_told_of_its_progress():
    what = working([7])
    assert what.known(*WHICH) is None
    assert make(what) == (7, [(0, 2), (1, 2)])
    assert what.known(*WHICH) == 7


def test_answers_of_another_kind_audience_or_question_are_others():
    make(working([7]))
    assert working([], name="others").known(*WHICH) is None
    assert working([]).known("snapshot", Audience.STEERING, Question()) is None
    assert working([]).known("snapshot", Audience.ANALYST, Question(threshold=2.0)) is None


def test_work_that_is_broken_off_keeps_nothing_and_can_be_asked_for_again():
    class Stopped(BaseException):
        """As Streamlit stops a script."""

    def stop():
        raise Stopped

    with pytest.raises(Stopped):
        make(working([7], meanwhile=stop))
    assert working([]).known(*WHICH) is None
    assert make(working([8]))[0] == 8


def test_whoever_asks_second_stops_working_once_the_first_has_the_answer():
    first = working([1])
    answer, told = make(working([2], meanwhile=lambda: make(first)))
    assert answer == 1
    assert told == [(0, 2)]


def test_the_oldest_answers_make_room_for_new_ones(monkeypatch):
    monkeypatch.setattr(session, "_ANSWERS_KEPT", 2)
    what = working([1, 2, 3])
    asked = [("snapshot", Audience.ANALYST, Question(quarters=quarters)) for quarters in (1, 2, 3)]
    for which in asked:
        make(what, which=which)
    assert [what.known(*which) for which in asked] == [None, 2, 3]

"""Every hostile input is refused in a sentence, or read and accounted for; and the snapshot that was there stays as it was."""

import unicodedata

import pytest

from tests.hostile.cases import REFUSED, SECRET, Case, Trial
from tests.hostile.conftest import Ended, Run, fingerprint
from tests.hostile.corpus import CASES

LONGEST_SENTENCE = 3_000


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_refused_in_a_sentence_or_read_and_accounted_for(case: Case, trial: Trial, run: Run) -> None:
    case.change(trial)
    before, old = fingerprint(trial.store), fingerprint(trial.old_snapshot)
    ended = run(trial)
    assert_speaks_plainly(ended)
    assert fingerprint(trial.old_snapshot) == old
    if case.outcome == REFUSED:
        assert ended.code in (1, 2), ended
        assert fingerprint(trial.store) == before
    else:
        assert ended.code == 0, ended
        if trial.verb is None:
            assert (trial.store / ended.out.splitlines()[-1] / "manifest.json").is_file()
    assert case.says.casefold() in (ended.out + ended.err).casefold()
    if case.check:
        case.check(trial)


def assert_speaks_plainly(ended: Ended) -> None:
    """A few sentences: no traceback, nothing that steers a terminal, no value of sensitive data, no flood."""
    said = ended.out + ended.err
    assert "Traceback" not in said, said
    assert "fault of the program" not in said, said
    assert SECRET not in said
    steering = {one for one in said if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") and one != "\n"}
    assert not steering, steering
    assert len(ended.err) <= LONGEST_SENTENCE

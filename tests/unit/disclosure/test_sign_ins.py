"""The end of a sign-in holds for every copy of its cookie."""

import os
from pathlib import Path

from disclosure.sign_ins import SignIns

ANN = {"iss": "https://login.example", "sub": "ann", "iat": 1_800_000_000, "nonce": "n1", "name": "Ann Example"}


def test_a_sign_in_is_new_once(tmp_path: Path):
    kept = SignIns(tmp_path / "sign-ins")
    assert kept.is_new(ANN)
    assert not kept.is_ended(ANN)
    kept.begin(ANN)
    assert not SignIns(tmp_path / "sign-ins").is_new(ANN)
    assert not kept.is_ended(ANN)


def test_what_has_ended_stays_so_after_a_restart_and_whatever_else_the_cookie_says(tmp_path: Path):
    SignIns(tmp_path).end(ANN)
    assert SignIns(tmp_path).is_ended({**ANN, "name": "Someone else", "groups": ["/wards/analysts"]})


def test_another_sign_in_of_the_same_person_goes_on(tmp_path: Path):
    kept = SignIns(tmp_path)
    kept.end(ANN)
    for other in (
        {"nonce": "n2"},
        {"iat": ANN["iat"] + 1},
        {"sub": "ian"},
        {"iss": "https://other.example"},
        {"sid": "s"},
    ):
        assert not kept.is_ended({**ANN, **other})


def test_no_name_is_kept(tmp_path: Path):
    kept = SignIns(tmp_path)
    kept.begin(ANN)
    kept.end(ANN)
    assert len(list(tmp_path.iterdir())) == 2
    for file in tmp_path.iterdir():
        assert "ann" not in file.name
        assert file.read_bytes() == b""


def test_what_is_older_than_any_session_is_forgotten_and_nothing_younger(tmp_path: Path):
    kept = SignIns(tmp_path)
    kept.end(ANN)
    (ended,) = tmp_path.iterdir()
    other = tmp_path / "something else"
    other.touch()
    for file, hours in ((ended, 25), (other, 99)):
        os.utime(file, (file.stat().st_atime, file.stat().st_mtime - hours * 3600))
    kept.begin({**ANN, "nonce": "n2"})
    assert kept.is_ended(ANN)
    os.utime(ended, (ended.stat().st_atime, ended.stat().st_mtime - 2 * 3600))
    kept.begin({**ANN, "nonce": "n3"})
    assert not ended.exists()
    assert other.exists()

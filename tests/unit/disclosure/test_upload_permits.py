from disclosure.upload_permits import LASTS, UploadPermits


def test_a_permit_is_one_sessions_and_ends_by_itself_or_when_it_is_taken_back():
    now = [0.0]
    permits = UploadPermits(clock=lambda: now[0])
    assert not permits.holds("one")
    permits.give("one")
    assert permits.holds("one")
    assert not permits.holds("two")
    now[0] = LASTS - 1
    permits.give("two")
    assert permits.holds("one")
    now[0] = LASTS + 1
    assert not permits.holds("one")
    permits.take_back("two")
    permits.take_back("nobody")
    assert not permits.holds("two")

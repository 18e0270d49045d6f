"""What a browser sent is let go of by the server's memory in the run that gets it."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec, UploadFileUrlInfo

from pages.components import uploads


def test_a_file_that_is_handed_on_is_no_longer_held_and_another_tabs_is(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = MemoryUploadedFileManager("/upload")
    for session in ("mine", "other"):
        manager.add_file(session, UploadedFileRec("1", "april.csv", "text/csv", b"a,b"))
    monkeypatch.setattr(
        uploads, "get_script_run_ctx", lambda: SimpleNamespace(session_id="mine", uploaded_file_mgr=manager)
    )
    (record,) = manager.get_files("mine", ["1"])
    sent = uploads._hand_on(UploadedFile(record, UploadFileUrlInfo("1", "", "")))
    assert (sent.name, sent.content) == ("april.csv", b"a,b")
    assert manager.get_files("mine", ["1"]) == []
    assert len(manager.get_files("other", ["1"])) == 1

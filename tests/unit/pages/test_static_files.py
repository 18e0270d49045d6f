"""Published files: named by their content, whole, kept by browsers, pruned when nobody has asked for them in a long time."""

import os
import threading
import time
from pathlib import Path

import pytest

from pages.components import static_files
from pages.components.static_files import hashed_name, prune_static, publish_static


def test_the_address_leads_from_the_components_page_to_the_file(tmp_path: Path) -> None:
    url = publish_static(b"one", name="outlines/wards.js", root=tmp_path)
    assert url.startswith("../../app/static/outlines/wards-")
    assert (tmp_path / url.removeprefix("../../app/static/")).read_bytes() == b"one"


def test_another_content_has_another_name(tmp_path: Path) -> None:
    assert publish_static(b"one", name="a.js", root=tmp_path) != publish_static(b"two", name="a.js", root=tmp_path)


def test_publishing_again_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = publish_static(b"one", name="a.js", root=tmp_path)
    monkeypatch.setattr(static_files, "_write_whole", lambda *_, **__: pytest.fail("written again"))
    assert publish_static(b"one", name="a.js", root=tmp_path) == first


def test_a_browser_may_keep_the_file_for_a_year(tmp_path: Path) -> None:
    publish_static(b"one", name="a.js", root=tmp_path)
    age = time.time() - (tmp_path / hashed_name(b"one", name="a.js")).stat().st_mtime
    assert age / 10 > 365 * 86400


def test_many_publishing_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    content = os.urandom(200_000)
    threads = [
        threading.Thread(target=publish_static, args=(content,), kwargs={"name": "a.bin", "root": tmp_path})
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [content]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        publish_static(b"one", name="a.js", root=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pruning_keeps_the_newest_and_the_recent(tmp_path: Path) -> None:
    for n in range(5):
        publish_static(str(n).encode(), name="outlines/wards.js", root=tmp_path)
    assert prune_static("outlines", root=tmp_path, keep=2, days=1) == ()
    assert len(prune_static("outlines", root=tmp_path, keep=2, days=-1)) == 3
    assert len(list((tmp_path / "outlines").iterdir())) == 2


def test_publishing_again_makes_a_file_new_to_pruning(tmp_path: Path) -> None:
    first = publish_static(b"first", name="outlines/wards.js", root=tmp_path)
    time.sleep(0.02)  # change times have the resolution of the system's clock tick
    publish_static(b"second", name="outlines/wards.js", root=tmp_path)
    time.sleep(0.02)
    publish_static(b"first", name="outlines/wards.js", root=tmp_path)
    prune_static("outlines", root=tmp_path, keep=1, days=-1)
    assert [path.name for path in (tmp_path / "outlines").iterdir()] == [first.rsplit("/", 1)[1]]


def test_pruning_a_folder_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    assert prune_static("outlines", root=tmp_path) == ()

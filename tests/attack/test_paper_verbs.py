"""What the verbs for papers say, write and record is the same for two truths that are shown alike, and holds no count."""

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import mkdtemp

import pytest
from typer.testing import CliRunner

import cli
from data.settings import load_settings
from disclosure.audiences import Audience
from disclosure.audit import open_audit
from disclosure.export_register import export_id
from ingest.places import STORE_VARIABLE, snapshot_folder
from tests.attack.everything import counts_shown
from tests.attack.publishing import open_views, telltale_model
from tests.attack.reading_documents import could_be_counts
from tests.attack.worlds import World, random_world
from verbs.common import DONE

SETTINGS = """
[partnership]
name = "Made up"
[wards]
vintage = 2025
[incidents]
quarter = "quarter"
ward_code = "ward_code"
"""
ON = ("--settings", "settings.toml", "--snapshot", "newest", "--date", "2026-11-22")
VERBS = {
    "brief": ("brief", *ON, "--ward", "X05000001", "--out", "papers"),
    "due": ("due", *ON),
    "pack": ("pack", "steering", *ON, "--out", "papers"),
}
Told = dict[str, str]
"""What came of each verb, by what it is."""
Tell = Callable[..., tuple[Told, str]]


@pytest.fixture
def tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Run the verbs on a world; give what they told in words, and all that they wrote."""

    def run(world: World, *, verbs: Iterable[str] = VERBS) -> tuple[Told, str]:
        folder = Path(mkdtemp(dir=tmp_path))
        monkeypatch.chdir(folder)
        monkeypatch.setenv(STORE_VARIABLE, str(folder / "store"))
        Path("settings.toml").write_text(SETTINGS, encoding="utf-8")
        settings = load_settings(Path("settings.toml"))
        with telltale_model():
            (view,) = open_views(
                world, snapshot_folder(settings), audiences=(Audience.INSPECTOR,), mark="the same", settings=settings
            )
            shown = str(counts_shown(view))
            told = {what: text for name in verbs for what, text in _of_verb(name).items()}
        rows = [f"{row.action} {row.what} {row.audience} {row.detail}" for row in open_audit(settings).entries()]
        told["audit"] = "\n".join(rows).replace(export_id(Path("papers")), "")
        return told, shown

    return run


def _of_verb(name: str) -> Told:
    done = CliRunner().invoke(cli.app, list(VERBS[name]))
    assert done.exit_code == DONE, done.stderr
    written = sorted(Path("papers").iterdir()) if name != "due" else []
    files = {f"{name}: file {path.name}": path.read_bytes().hex() for path in written}
    return {f"{name}: standard output": done.stdout, f"{name}: standard error": done.stderr, **files}


def flagged(*more: tuple[int, int, int, int]) -> World:
    """Four wards, of which two are flagged; with some events more of a measure in a ward and a quarter."""
    world = random_world(7, wards=4, quarters=13)
    truth = world.truth.copy()
    truth[:, 0] += 9
    truth[:, 1] += 6
    for measure, ward, quarter, events in more:
        truth[measure, ward, quarter] += events
    return world.with_truth(truth)


ALIKE = [(0, 2, 12, 1), (1, 3, 1, -1), (1, 3, 9, 1)]
"""A referral more in a flagged ward, in its newest quarter; an incident of another quarter in a ward that is not flagged."""


def test_verbs_say_write_and_record_the_same_of_truths_that_are_shown_alike(tell):
    (first, shown), (second, also_shown) = (tell(flagged(*more)) for more in ((), ALIKE))
    assert shown == also_shown
    assert [what for what in first if first[what] != second.get(what)] == []
    assert first["due: standard output"].count("Flagged") == 2
    words = {what: text for what, text in first.items() if "file" not in what}
    assert {what: could_be_counts(text) for what, text in words.items() if could_be_counts(text)} == {}


def test_what_they_say_and_write_is_other_where_something_else_is_shown(tell):
    (first, _), (second, _) = (tell(flagged(*more), verbs=("brief", "due")) for more in ((), [(0, 1, 12, 40)]))
    assert {what for what in first if first[what] != second[what]} >= {
        "brief: file briefing.pdf",
        "due: standard output",
    }

"""Makes the pictures in docs/papers: a briefing of the demonstration area, page by page. Needs `pdftoppm` (Poppler)."""

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from briefing.area_facts import gather_area  # noqa: E402
from briefing.content import Issue  # noqa: E402
from briefing.documents import make_documents  # noqa: E402
from briefing.map_ground import map_ground  # noqa: E402
from briefing.officers_words import Action, OfficersWords  # noqa: E402
from data.demo.files import demo_settings  # noqa: E402
from data.snapshots import SnapshotStore  # noqa: E402
from disclosure.audiences import Audience  # noqa: E402
from disclosure.permitted import default_question  # noqa: E402
from disclosure.views import open_view  # noqa: E402
from ingest.demonstration import ensure_demonstration  # noqa: E402

FOLDER = PROJECT / "docs" / "papers"
WARD = "X05000003"
DAY = date(2026, 11, 22)
DOTS_PER_INCH = 80
WORDS = OfficersWords(
    context=(
        "Two shops in the market square were damaged in October, and a protest was held there the same week. The neighbourhood "
        "team met the owners, who asked to be told what happens next."
    ),
    impact=3,
    likelihood=2,
    grading_reason="Tension has been short so far, but a second event is announced.",
    ask="Please come to the ward forum on 8 December, and tell us what residents say.",
    actions=(
        Action(
            what="Visit the schools that asked for training", owner="Prevent education officer", due=date(2026, 12, 18)
        ),
        Action(what="Meet the market traders", owner="Neighbourhood team", due=date(2027, 1, 31)),
    ),
    contact="the Prevent team of the council",
    author="Prevent inspector",
    references="DPIA and EIA of the partnership",
)


def main() -> None:
    """Make the PDF and a picture of each of its pages."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = SnapshotStore(Path(folder) / "store")
        settings = demo_settings()
        view = open_view(store, ensure_demonstration(store), settings=settings, audience=Audience.COUNCILLOR)
        area = gather_area(view, question=default_question(settings.analysis))
        papers = make_documents(area, WARD, ground=map_ground(area), words=WORDS, issue=Issue(made_on=DAY))
        pdf = Path(folder) / "briefing.pdf"
        pdf.write_bytes(papers["pdf"])
        command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(pdf), str(FOLDER / "briefing")]
        subprocess.run(command, check=True)  # noqa: S603


if __name__ == "__main__":
    main()

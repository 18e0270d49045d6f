"""Makes the pictures in docs/papers: pages of every kind of paper, on the demonstration area. Needs `pdftoppm` (Poppler)."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from briefing.area_facts import AreaFacts, gather_area  # noqa: E402
from briefing.content import Issue  # noqa: E402
from briefing.decisions import open_decisions  # noqa: E402
from briefing.documents import make_documents  # noqa: E402
from briefing.map_ground import map_ground  # noqa: E402
from briefing.officers_words import Action, OfficersWords  # noqa: E402
from briefing.papers.bid_words import BidWords, Cost, Outcome  # noqa: E402
from briefing.papers.kinds import Kind  # noqa: E402
from briefing.papers.making import Order, Sources, make_pack  # noqa: E402
from briefing.register import open_briefings  # noqa: E402
from data.demo.files import demo_settings  # noqa: E402
from data.snapshots import SnapshotStore  # noqa: E402
from disclosure.audiences import Audience  # noqa: E402
from disclosure.permitted import default_question  # noqa: E402
from disclosure.views import SnapshotView, open_view  # noqa: E402
from ingest.demonstration import ensure_demonstration  # noqa: E402
from ingest.places import STORE_VARIABLE, snapshot_folder  # noqa: E402

FOLDER = PROJECT / "docs" / "papers"
WARD = "X05000003"
DAY = date(2026, 11, 22)
DOTS_PER_INCH = 70
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


BID = BidWords(
    title="Trusted adults in Wendcaster",
    fund="Project money, round of 2027",
    author="Prevent inspector",
    amount=24_000,
    costs=(Cost(what="Two youth workers, 30 weeks", pounds=19_000), Cost(what="Rooms and travel", pounds=5_000)),
    need="Schools ask for somebody whom pupils can talk to after an incident. The forum named the same in May.",
    provided="Training for teachers, once a year. Nothing after school.",
    project="Two youth workers meet pupils of four schools each week, and hand over to the schools in the last term.",
    outcomes=(Outcome(what="Pupils know whom to tell", measure="A survey before and after", by=date(2027, 12, 18)),),
)
BID_WARDS = ("X05000003", "X05000090")
PAGES = {Kind.STEERING: (1, 3), Kind.PROFILE: (1, 4), Kind.SCRUTINY: (2,), Kind.EVIDENCE: (1,)}
"""Pages that are shown of each kind."""


def main() -> None:
    """Make the PDFs and pictures of their pages."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[STORE_VARIABLE] = str(Path(folder) / "store")  # registers in which nothing stands yet
        store = SnapshotStore(snapshot_folder(demo_settings()))
        snapshot, settings = ensure_demonstration(store), demo_settings()

        @cache
        def view(audience: Audience) -> SnapshotView:
            return open_view(store, snapshot, settings=settings, audience=audience)

        @cache
        def area(audience: Audience) -> AreaFacts:
            return gather_area(view(audience), question=default_question(settings.analysis))

        told = area(Audience.COUNCILLOR)
        papers = make_documents(told, WARD, ground=map_ground(told), words=WORDS, issue=Issue(made_on=DAY))
        _draw(papers["pdf"], name="briefing", pages=(1, 2))
        registers = {"briefings": open_briefings(settings), "decisions": open_decisions(settings)}
        sources = Sources(settings, view=view, area=area, **registers)
        for kind, pages in PAGES.items():
            bid = {"bid": BID, "wards": BID_WARDS} if kind is Kind.EVIDENCE else {}
            made = make_pack(Order(kind, made_on=DAY, **bid), sources=sources)
            _draw(next(file for name, file in made.files.items() if name.endswith(".pdf")), name=kind, pages=pages)


def _draw(pdf: bytes, *, name: str, pages: tuple[int, ...]) -> None:
    for page in pages:
        at = ["-f", f"{page}", "-l", f"{page}", "-singlefile"]
        command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", *at, "-", str(FOLDER / f"{name}-{page}")]
        subprocess.run(command, check=True, input=pdf)  # noqa: S603


if __name__ == "__main__":
    main()

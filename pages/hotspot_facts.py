"""What the steering group's screen is drawn from: what is released to the group, whoever holds the remote."""

from briefing.papers.steering_facts import PackFacts, gather_pack
from disclosure.audiences import Audience, Reader
from pages.briefing_facts import AREA, register
from pages.components.briefing_today import today
from pages.components.choosing import Chosen, standard_question
from pages.components.on_request import shown_while_made
from pages.session import view_of
from pages.ward_facts import decisions


def group_reader(chosen: Chosen) -> Reader:
    """The steering group as reader, with the districts of the person who is here."""
    return Reader(Audience.STEERING, chosen.reader.districts)


def pack_facts_for(chosen: Chosen) -> PackFacts:
    """What the group may have of the snapshot, and what both registers hold today: takes some seconds when first asked for."""
    reader = group_reader(chosen)
    which = (chosen.snapshot_id, reader, standard_question(view_of(chosen.snapshot_id, reader)))
    area = AREA.known(*which) or shown_while_made(
        "Gathering what the steering group may have", lambda tell: AREA.make(*which, progress=tell)
    )
    return gather_pack(area, briefings=register(), decisions=decisions(), made_on=today(), last_meeting=None)

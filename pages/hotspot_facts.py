"""What the steering group's screen is drawn from: what is released to the group, whoever holds the remote."""

from briefing.papers.steering_facts import PackFacts, gather_pack
from disclosure.audiences import Audience, Reader
from pages.briefing_facts import gathered, register
from pages.components.briefing_desk import Desk, desk_with
from pages.components.briefing_today import today
from pages.components.choosing import Chosen
from pages.ward_facts import decisions


def group_reader(chosen: Chosen) -> Reader:
    """The steering group as reader, with the districts of the person who is here."""
    return Reader(Audience.STEERING, chosen.reader.districts)


def pack_facts_for(chosen: Chosen) -> PackFacts:
    """What the group may have of the snapshot, and what both registers hold today: takes some seconds when first asked for."""
    area = gathered(chosen.snapshot_id, group_reader(chosen), doing="Gathering what the steering group may have")
    return gather_pack(area, briefings=register(), decisions=decisions(), made_on=today(), last_meeting=None)


def group_desk(facts: PackFacts, *, chosen: Chosen) -> Desk:
    """Give what the papers of the group are made at: the register, and the facts that the group may have."""
    return desk_with(facts.area, chosen=chosen)

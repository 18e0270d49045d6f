"""What every tab of the briefings screen is given: who looks, whether they may write, and what is known."""

from dataclasses import dataclass

from briefing.area_facts import AreaFacts
from briefing.register import BriefingRegister
from briefing.register_records import BriefingRecord
from data.briefing_settings import Briefing
from disclosure.audiences import Audience, Reader
from disclosure.people import Person
from pages.briefing_facts import Districts, gathered, register
from pages.components.choosing import Chosen
from pages.session import present_person, settings_in_use

WRITERS = frozenset({Audience.ANALYST, Audience.INSPECTOR})
"""Audiences that write briefings. The steering group looks, and may ask for one."""


@dataclass(frozen=True)
class Desk:
    """One person at the register, on one snapshot."""

    snapshot_id: str
    districts: Districts
    person: Person
    audience: Audience
    """As whom they look."""
    writes: bool
    area: AreaFacts
    register: BriefingRegister
    rules: Briefing

    def is_theirs(self, district: str) -> bool:
        """Whether a ward of this district is theirs to see."""
        return self.districts is None or district in self.districts

    def records(self, found: tuple[BriefingRecord, ...]) -> list[BriefingRecord]:
        """Keep the briefings of wards that are theirs to see."""
        return [one for one in found if self.is_theirs(one.basis.district)]


def may_write(chosen: Chosen) -> bool:
    """Whether whoever looks may write briefings."""
    return chosen.audience in WRITERS


def sit_down(chosen: Chosen) -> Desk:
    """Gather what the screen needs, with a progress bar where that takes some seconds."""
    reader = Reader(Audience.COUNCILLOR, chosen.reader.districts)
    return desk_with(
        gathered(chosen.snapshot_id, reader, doing="Gathering what councillors may be told"), chosen=chosen
    )


def desk_with(area: AreaFacts, *, chosen: Chosen) -> Desk:
    """Give the desk of whoever is here, with facts that were gathered."""
    return Desk(
        snapshot_id=chosen.snapshot_id,
        districts=chosen.reader.districts,
        person=present_person(),
        audience=chosen.audience,
        writes=may_write(chosen),
        area=area,
        register=register(),
        rules=settings_in_use().briefing,
    )


def ward_names(desk: Desk) -> dict[str, str]:
    """Name each ward of the desk with its district, by its code."""
    return {code: f"{row['ward_name']} ({row['district']})" for code, row in desk.area.rows[-1].items()}

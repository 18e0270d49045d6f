"""What everyone on this server shares for the page of a ward: its facts for one reader, and how it stands without each sector."""

from briefing.area_facts import AreaFacts
from briefing.decisions import DecisionRegister, open_decisions
from disclosure.audit import What
from disclosure.without_sectors import WithoutSector, without_each_sector
from pages.briefing_facts import gathered
from pages.components.choosing import Chosen
from pages.session import CHANGES, OnRequest, settings_in_use

WITHOUT_SECTORS: OnRequest[dict[str, tuple[WithoutSector, ...]]] = OnRequest(
    What.SECTOR_CHECKS, work=lambda view, question, progress: without_each_sector(view, question, progress=progress)
)
"""How each ward stands where the referrals of one sector are left out, by ward code."""


def area_facts_for(chosen: Chosen) -> AreaFacts:
    """All that whoever looks may have of the area, as papers have it: takes some seconds when it is first asked for."""
    area = gathered(chosen.snapshot_id, chosen.reader, doing="Gathering what is known of the wards")
    if area.changes is not None:
        CHANGES.learn(chosen.snapshot_id, chosen.reader, area.released.question, area.changes)
    return area


def decisions() -> DecisionRegister:
    """The decisions of the steering group of this partnership."""
    return open_decisions(settings_in_use())

"""The draft briefings of many wards in one ZIP file: each document to the byte as it is made of one ward by itself.

A ward whose briefing cannot be made does not stop the others: the list of contents and the person who waits are told.
"""

import logging
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from briefing.area_facts import AreaFacts
from briefing.documents import make_documents
from briefing.due import due_wards
from briefing.follow_up import draft_of
from briefing.map_ground import MapGround, map_ground
from briefing.officers_words import OfficersWords
from briefing.papers.sweeping import sweeping
from briefing.register import BriefingRegister
from briefing.same_zip import part_of_zip
from data.briefing_settings import Briefing
from data.errors import UsageError, WardOverlapError
from data.in_words import say_day
from data.log_lines import fault_of

DUE, ALL = "due", "all"
"""Which wards, where they are not named."""
CONTENTS = "contents.txt"
_OUR_FAULT = "a fault of the program, which has been logged without data. Please report it."
_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much."""


@dataclass(frozen=True)
class BriefingsPack:
    """What became of a pack."""

    made: tuple[str, ...]
    """Codes of the wards whose briefing is in it."""
    failed: tuple[str, ...]
    """A sentence for each ward whose briefing could not be made."""


def wards_to_brief(
    area: AreaFacts, wards: Sequence[str], *, register: BriefingRegister, rules: Briefing, today: date
) -> tuple[str, ...]:
    """Say which wards are meant: those that are `DUE`, `ALL` of them, or those that are named, in the order of the area.

    Raises
    ------
    UsageError
        If none is, or one is named that is not there.
    """
    if tuple(wards) == (DUE,):
        meant = {one.ward_code for one in due_wards(area, register, rules=rules, today=today)}
        if not meant & area.rows[-1].keys():
            raise UsageError("No ward is due for a briefing. Name the wards, or ask for all of them.")
    elif tuple(wards) == (ALL,):
        meant = set(area.rows[-1])
    else:
        for code in wards:
            area.check_ward(code)
        meant = set(wards)
    if not meant:
        raise UsageError(f"Say for which wards: their codes, `{DUE}` or `{ALL}`.")
    return tuple(code for code in area.rows[-1] if code in meant)


def write_briefings(
    file: IO[bytes],
    area: AreaFacts,
    wards: Sequence[str],
    *,
    register: BriefingRegister,
    rules: Briefing,
    made_on: date,
    progress: Progress = lambda *_: None,
) -> BriefingsPack:
    """Write the draft briefings of some wards into a ZIP file, one after another: no more than one ward is held at a time.

    Parameters
    ----------
    file
        Where the ZIP goes. The same inputs give the same bytes.
    area : AreaFacts
        Released for councillors.
    wards
        Codes, each of a ward of the area.
    register, rules, made_on
        As of a single briefing: what was briefed before, the contact and the template of the settings, the day.

    Raises
    ------
    UsageError
        If not one could be made: says why of the first.
    """
    made: list[str] = []
    failed: list[str] = []
    maker = _Maker(area, map_ground(area), register, rules, made_on)
    with zipfile.ZipFile(file, "w") as packed, sweeping() as sweep:
        for number, code in enumerate(wards):
            progress("Setting the briefings", number, len(wards))
            found = maker.make(code)
            sweep()
            if isinstance(found, str):
                failed.append(f"{code}: {found}")
                continue
            for kind, content in found.items():
                packed.writestr(part_of_zip(f"briefing-{len(made) + 1:03d}.{kind}"), content)
            made.append(code)
        if not made:
            raise UsageError("\n".join(("No briefing could be made.", *failed[:1])))
        told = _contents(area, made, failed=failed, made_on=made_on)
        packed.writestr(part_of_zip(CONTENTS), told)
    progress("Setting the briefings", len(wards), len(wards))
    return BriefingsPack(tuple(made), tuple(failed))


@dataclass(frozen=True)
class _Maker:
    """What the briefings of a pack have in common."""

    area: AreaFacts
    ground: MapGround
    register: BriefingRegister
    rules: Briefing
    made_on: date

    def make(self, code: str) -> dict[str, bytes] | str:
        """Give the documents of a ward, or the sentence that says why there are none."""
        try:
            return make_documents(
                self.area,
                code,
                ground=self.ground,
                words=OfficersWords().with_defaults(self.rules),
                issue=draft_of(self.register, self.area, code, made_on=self.made_on),
                word_template=self.rules.word_template,
            )
        except WardOverlapError as error:
            return " ".join(str(error).split())
        except Exception as error:  # noqa: BLE001  # one ward stops no other, and the text of an error may quote a value
            _log.error("%s in a pack of briefings", type(error).__name__, extra={"facts": fault_of(error)})
            return _OUR_FAULT


def _contents(area: AreaFacts, made: Sequence[str], *, failed: Sequence[str], made_on: date) -> str:
    """List what is in the pack: file names tell no ward, so this does."""
    rows = area.rows[-1]
    listed = [
        f"briefing-{number:03d}  {code}  {rows[code]['ward_name']} ({rows[code]['district']})"
        for number, code in enumerate(made, start=1)
    ]
    missing = ["", "Not in it:", *failed] if failed else []
    head = [
        *area.marking.lines(),
        "",
        f"Drafts of briefings, {area.partnership}. Made on {say_day(made_on)}. Not approved, not issued.",
        f"Window {area.released.window.in_words()}. Snapshot {area.snapshot_id}, settings {area.settings_mark}, software "
        f"{area.software}.",
        "",
    ]
    return "\r\n".join([*head, *listed, *missing, ""])

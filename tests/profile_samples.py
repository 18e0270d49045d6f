"""Facts made by hand for the refresh of the local profile and for the scrutiny paper: four wards in a row, no model."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import shapely

from analysis.change_classes import ChangeClass
from briefing.area_facts import AreaFacts
from briefing.papers.profile_facts import ProfileFacts
from briefing.papers.scrutiny_facts import ScrutinyFacts
from data.quarters import quarter_range
from data.settings import Break, Disclosure
from disclosure.audiences import Audience, permission
from disclosure.breakdown import ReleasedBreakdown
from disclosure.gate import Released
from disclosure.marking import make_marking
from disclosure.permitted import Question, Window
from disclosure.reports import ReleasedReport
from disclosure.ward_areas import ReleasedAreas
from disclosure.wording import COARSE_RISK
from tests.attack.worlds import World, one_ward_each
from tests.briefings import make_area

LAST = "2025/26 Q4"
LEVELS = (*COARSE_RISK.names, "not given")
LOW, SAME, HIGH, NOT_GIVEN = LEVELS
REPORT = ReleasedReport(
    table="incidents",
    files=(),
    read="1,200",
    used="1,160",
    not_used={"unlocated": "40"},
    share_used=0.967,
    share_placed=0.967,
    columns_not_read=(),
    notes=(),
    findings=(),
)


def make_profile(
    audience: Audience = Audience.STEERING,
    *,
    breaks: Sequence[Break] = (),
    districts: tuple[str, ...] | None = None,
    categories: Sequence[tuple[str, int]] = (("Conflicted", 0), ("No ideology", 3)),
    earlier: Released | None = None,
    **area: object,
) -> ProfileFacts:
    """What `gather_profile` gives: with exact counts for the analyst, with areas of wards for others."""
    facts = make_area(audience=audience, **area)  # type: ignore[arg-type]
    exact = permission(audience, rule=Disclosure()).exact
    return ProfileFacts(
        area=facts,
        districts=districts,
        totals=_totals(facts),
        areas=() if exact else tuple(_areas_of(one.window) for one in facts.years),
        breakdown=_breakdown(facts, categories) if exact else None,
        earlier=earlier,
        reports=(REPORT,),
        breaks=tuple(breaks),
        references="DPIA 12, EIA 7",
    )


def _totals(area: AreaFacts) -> pd.DataFrame:
    rows = [
        (measure, end, f"{count + place:,}", 2.0 + place)
        for measure, count in (("referrals", 300), ("incidents", 3_400))
        for place, end in enumerate(quarter_range(area.released.window.last, 9))
    ]
    return pd.DataFrame(rows, columns=["measure", "quarter", "count", "rate"])


def _areas_of(window: Window) -> ReleasedAreas:
    codes = ["A1", "A2"] if window.last == LAST else ["A1", "A3"]
    names = {"A1": "All of North", "A2": "Weir and 2 others, South", "A3": "Weir and 1 other, South"}
    table = pd.DataFrame({"area_code": codes, "area_name": [names[code] for code in codes], "residents": 20_000.0})
    for measure in ("referrals", "incidents"):
        table[f"count_{measure}"] = ["25", "not given"]
        table[f"rate_{measure}"] = [12.5, float("nan")]
    return ReleasedAreas(
        exact=False,
        window=window,
        question=Question(),
        table=table,
        levels=LEVELS,
        whole={},
        ward_area=pd.Series(dtype="str"),
        statements=("Two areas of whole wards.",),
    )


def _breakdown(area: AreaFacts, categories: Sequence[tuple[str, int]]) -> ReleasedBreakdown:
    years = pd.DataFrame(
        [
            (measure, one.window.last, district, count, count / 2)
            for measure, count in (("referrals", 7), ("incidents", 41))
            for one in area.years
            for district in ("North", "South")
        ],
        columns=["measure", "quarter", "district", "count", "rate"],
    )
    of = [("referrals", "all", "all", 3), ("incidents", "all", "all", 20)]
    of += [("referrals", "concern", name, count) for name, count in categories]
    quarters = [
        (measure, kind, name, quarter, count)
        for measure, kind, name, count in of
        for quarter in quarter_range(area.released.window.last, 14)
    ]
    return ReleasedBreakdown(years, pd.DataFrame(quarters, columns=["measure", "kind", "category", "quarter", "count"]))


def new_ward_area(**given: object) -> AreaFacts:
    """The area, with the change of its wards in place of `new` everywhere: new, uncertain, neither, no denominator."""
    area = make_area(**given)  # type: ignore[arg-type]
    assert area.changes is not None
    kinds = [ChangeClass.NEW, ChangeClass.UNCERTAIN, ChangeClass.NONE, ChangeClass.NO_DENOMINATOR]
    wards = area.changes.wards.assign(change=[one.phrase for one in kinds])
    return replace(area, changes=replace(area.changes, wards=wards))


def two_halves(*, high_first: bool = True) -> World:
    """Twelve wards, twelve quarters: half of the wards have many referrals and few incidents, the other half few and many.

    Few enough events that areas are made of many wards, so that bands may be given: in the one half high, in the other low.
    """
    truth = np.zeros((2, 12, 12), dtype=np.int64)
    for measure in range(2):
        for ward in range(12):
            many = ((ward < 6) == (measure == 0)) == high_first
            truth[measure, ward, [(5 * event + ward) % 12 for event in range(9 if many else 3)]] = 1
    return one_ward_each(truth)


def make_scrutiny(
    levels: Sequence[tuple[str, str]] = ((HIGH, HIGH), (SAME, NOT_GIVEN), (LOW, HIGH)),
    *,
    names: Sequence[str] | None = None,
    stand_in: tuple[str, ...] = (),
    denominator: str = "residents",
    breaks: tuple[Break, ...] = (),
    shown_before: bool = False,
    references: str = "DPIA 12, EIA 7",
) -> ScrutinyFacts:
    """What `gather_scrutiny` gives: areas in a row with these bands of referrals and of incidents."""
    codes = [f"A{place}" for place in range(len(levels))]
    table = pd.DataFrame(
        {
            "area_code": codes,
            "area_name": list(names or (f"Area {place}" for place in range(len(levels)))),
            "wards": 2,
            "residents": 21_400.0,
            "level_referrals": [one for one, _ in levels],
            "level_incidents": [other for _, other in levels],
        }
    )
    return ScrutinyFacts(
        partnership="Sixwards",
        vintage=2023,
        snapshot_id="2025-26-q4-0123456789ab",
        settings_mark="0123456789ab",
        software="0.1.0",
        marking=make_marking(handling="Do not forward.", invented=(), stand_in=stand_in, public=True),
        stand_in=stand_in,
        areas=ReleasedAreas(
            exact=False,
            window=Window(LAST, 12),
            question=Question(quarters=12, denominator=denominator),  # type: ignore[arg-type]
            table=table,
            levels=LEVELS,
            whole={"referrals": "not given", "incidents": "not given"},
            ward_area=pd.Series(dtype="str"),
            statements=("Some areas.",),
        ),
        ward_names=tuple(f"Ward {place}; Ward {place} West" for place in range(len(levels))),
        outlines={
            code: shapely.box(1_000 * place, 0, 1_000 * place + 1_000, 1_000) for place, code in enumerate(codes)
        },
        districts=(shapely.box(0, 0, 1_000 * len(codes), 1_000),),
        placed=0.97,
        shown_before=shown_before,
        breaks=breaks,
        references=references,
    )

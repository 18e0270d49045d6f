"""What an audience gets, as bounds on sums of unknown counts: every text is read as an outsider would read it."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data.errors import UsageError
from data.quarters import quarter_range
from disclosure.permitted import Question, default_question
from disclosure.views import SnapshotView
from tests.attack.ground import MEASURES, Seen
from tests.attack.reading_shown import PublicRule, Range, read_shown, unround

_WHOLE = re.compile(r"([\d,]+|[\d,]+ or fewer|[\d,]+ to [\d,]+) in all")
_PER = 10_000
_YEAR = 4


@dataclass(frozen=True)
class Map:
    """Where the wards and quarters of a snapshot stand among the unknowns."""

    wards: Mapping[str, tuple[int, ...]]
    quarters: Sequence[str]
    """Of the unknowns, oldest first."""
    corrected: tuple[str, str] | None = None
    """A ward and a quarter whose record another snapshot has otherwise: an unknown of its own, after all quarters."""
    rounded_before: tuple[int, ...] = ()
    """Steps of rules that held before: what was told under them is told again as it was."""

    def seen(
        self, wards: Sequence[str], quarters: Sequence[str], *, measure: int, range_: Range, source: str
    ) -> Seen | None:
        """Bound the count of some wards in some quarters; none where the sum is not one of wards and quarters any more."""
        pieces = tuple(sorted(piece for ward in wards for piece in self.wards[ward]))
        places = tuple(self.quarters.index(one) for one in quarters)
        if self.corrected is not None and self.corrected[0] in wards and self.corrected[1] in quarters:
            if len(wards) > 1:
                return None
            after_all, old = len(self.quarters), self.quarters.index(self.corrected[1])
            places = tuple(after_all if place == old else place for place in places)
        return Seen(measure, pieces, places, *range_, source, said=(measure, *wards, *quarters, *range_))


def observe(view: SnapshotView, *, on: Map) -> list[Seen]:
    """Ask a view all that it answers, and note what its counts say."""
    rule = PublicRule(
        view.settings.disclosure.suppress_up_to, view.settings.disclosure.round_to, before=on.rounded_before
    )
    asked = list(permitted_questions(view))
    found = [one for question in asked for one in _answers(view, question, on=on, rule=rule)]
    found += [one for question in asked for one in _areas(view, question, on=on, rule=rule)]
    found += [*_trend(view, on=on, rule=rule), *_reports(view, on=on, rule=rule)]
    return [one for one in found if one is not None]


def permitted_questions(view: SnapshotView) -> Iterator[Question]:
    """Every window that the audience may choose, with the usual threshold and denominator."""
    for length in view.choices.lengths:
        for last in view.ends(length):
            yield default_question(view.settings.analysis, quarters=length, last_quarter=last)


def _answers(view: SnapshotView, question: Question, *, on: Map, rule: PublicRule) -> Iterator[Seen | None]:
    try:
        released = view.answer(question)
    except UsageError:
        return
    quarters, said = released.window.labels, f"{released.audience}, {released.window.in_words()}"
    for measure, name in enumerate(MEASURES):
        texts = released.wards.get(f"observed_{name}", [])
        for ward, text in zip(released.wards["ward_code"], texts, strict=False):
            if (found := read_shown(str(text), rule=rule)) is not None:
                yield on.seen([ward], quarters, measure=measure, range_=found, source=f"{said}, {ward}: {text}")
        total = (released.total_referrals, released.total_incidents)[measure]
        if (found := read_shown(total, rule=rule)) is not None:
            yield on.seen(list(on.wards), quarters, measure=measure, range_=found, source=f"{said}: {total} in all")


def _trend(view: SnapshotView, *, on: Map, rule: PublicRule) -> Iterator[Seen | None]:
    try:
        trend = view.trend(default_question(view.settings.analysis))
    except UsageError:
        return
    people = _people(view)
    for row in trend.itertuples():
        measure, quarters = MEASURES.index(str(row.measure)), quarter_range(str(row.quarter), _YEAR)
        said = f"trend, year to {row.quarter}, {row.ward_code}: {row.count}"
        if (found := read_shown(str(row.count), rule=rule)) is not None:
            yield on.seen([str(row.ward_code)], quarters, measure=measure, range_=found, source=said)
    for (name, quarter), year in trend.groupby(["measure", "quarter"]):
        rate, measure = year["area_rate"].iloc[0], MEASURES.index(str(name))
        if not math.isnan(rate):
            known = people[name][people[name] > 0]
            found = _from_rate(rate, people=float(known.sum()), rule=rule)
            quarters = quarter_range(str(quarter), _YEAR)
            yield on.seen(
                list(known.index), quarters, measure=measure, range_=found, source=f"area's rate to {quarter}"
            )


def _from_rate(rate: float, *, people: float, rule: PublicRule) -> Range:
    """What the count of an area can be whose rate was worked out from the rounded count, and rounded to a tenth."""
    first, last = (rate - 0.0501) * people / _PER, (rate + 0.0501) * people / _PER
    shown = range(max(math.ceil(first), 0), math.floor(last) + 1)
    ends = [unround(one, rule=rule) for one in shown if any(one % step == 0 for step in rule.steps)]
    return min(least for least, _ in ends), max(most for _, most in ends)


def _people(view: SnapshotView) -> dict[str, "pd.Series[float]"]:
    """Populations are public: the attacker has them from the statistics office."""
    wards = view._snapshot.wards().set_index("ward_code")
    return {"referrals": wards["residents"].fillna(0), "incidents": wards[view.settings.analysis.denominator].fillna(0)}


def _areas(view: SnapshotView, question: Question, *, on: Map, rule: PublicRule) -> Iterator[Seen | None]:
    try:
        released = view.areas(question)
    except UsageError:
        return
    quarters = released.window.labels
    for measure, name in enumerate(MEASURES):
        for row in released.table.to_dict("records"):
            wards = list(released.ward_area.index[released.ward_area == row["area_code"]])
            if (found := read_shown(str(row.get(f"count_{name}", "")), rule=rule)) is not None:
                yield on.seen(wards, quarters, measure=measure, range_=found, source=f"area {row['area_name']}")
        if whole := _WHOLE.match(released.whole.get(name, "")):
            found = read_shown(whole[1], rule=rule)
            assert found is not None
            everywhere = list(on.wards)
            yield on.seen(everywhere, quarters, measure=measure, range_=found, source="whole area, beside areas")


def _reports(view: SnapshotView, *, on: Map, rule: PublicRule) -> Iterator[Seen | None]:
    """The account of rows: one row an incident; a row of referrals is one referral or more."""
    first, last = str(view.manifest.first_quarter), str(view.manifest.last_quarter)
    quarters = [one for one in on.quarters if first <= one <= last]
    for report in view.reports:
        if report.table in MEASURES and (found := read_shown(report.used, rule=rule)) is not None:
            measure = MEASURES.index(report.table)
            range_ = found if measure else (found[0], math.inf)
            wards = list(on.wards)
            yield on.seen(wards, quarters, measure=measure, range_=range_, source=f"account of rows, {report.table}")

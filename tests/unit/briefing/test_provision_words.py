"""What is provided in sentences: never that there is nothing, only that nothing is known, and by which file."""

from datetime import date

from briefing.provision_words import coverage_in_words, in_order, in_short, thing_words
from disclosure.audiences import Audience
from disclosure.provision import ReleasedProvision
from tests.briefings import CODES, FLAGGED, NEITHER, UNKNOWN, make_area
from tests.provided import make_provision


def provided_in(found: ReleasedProvision, code: str) -> list[str]:
    return [thing_words(one, found.day, yearly=found.costs_are_yearly) for one in in_order(found, code)]


def test_where_nothing_runs_it_is_said_that_nothing_is_known_and_what_was_and_will_be() -> None:
    found = make_provision(make_area(audience=Audience.STEERING))
    assert found is not None
    assert in_short(found, FLAGGED) == (
        "Nothing is known to be provided here now, by the file of 31 March 2025. Open Doors ran from 1 April 2023 to "
        "31 December 2024; Drama in schools is planned from 1 June 2025 to 31 May 2026."
    )
    assert in_short(found, UNKNOWN) == "Nothing is known to be provided here now, by the file of 31 March 2025."


def test_each_thing_is_said_with_kind_dates_and_cost() -> None:
    found = make_provision(make_area(audience=Audience.STEERING))
    assert found is not None
    assert in_short(found, NEITHER) == "Provided here, by the file of 31 March 2025: Market forum and Champions (3)."
    assert provided_in(found, NEITHER) == [
        "Market forum (forum, residents): runs from 1 April 2023, with no end named; £1,200 in all for 2 wards, Council.",
        "Champions (3): runs from 1 April 2024, with no end named.",
    ]


def test_councillors_read_no_pound() -> None:
    found = make_provision(make_area(audience=Audience.COUNCILLOR))
    assert found is not None
    assert not any("£" in one or "Council" in one for code in CODES for one in provided_in(found, code))


def test_coverage_is_said_in_words() -> None:
    found = make_provision(make_area())
    assert found is not None
    assert found.as_at == date(2025, 3, 31)
    said = coverage_in_words(found.over_time([FLAGGED]), found.over_time(CODES), of=1, of_all=4)
    assert said == (
        "Of the wards that are flagged now (1), something ran in 0 in April to June 2022 and in 0 in January to March 2025; of "
        "all wards (4), in 0 and in 2."
    )

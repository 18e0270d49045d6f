"""Rows of the register: read into records, and added. Every function works on a connection that the caller holds."""

from collections import defaultdict
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Column, Connection, RowMapping, Table, and_, func, select

from briefing.keeping import Signed, add, next_in, signed, stamp
from briefing.officers_words import OfficersWords
from briefing.register_records import Basis, BriefingRecord, IssueFacts, State, Step, Version
from briefing.register_tables import ANSWERS, BRIEFINGS, ISSUES, REPLACEMENTS, REQUESTS, STEPS, VERSIONS
from data.errors import UsageError
from disclosure.audit_entries import DamagedError

PREFIX = "WO"


def add_version(
    connection: Connection, id: int, *, words: OfficersWords, by: Signed, based_on: int | None, conflict: bool = False
) -> int:
    """Keep a text; gives its number."""
    version = next_in(connection, VERSIONS.c.version, briefing=id)
    add(
        connection,
        VERSIONS,
        briefing=id,
        version=version,
        words=words.model_dump_json(),
        based_on=based_on,
        conflict=conflict,
        **stamp(by),
    )
    return version


def add_step(connection: Connection, id: int, state: State, *, version: int, by: Signed, note: str = "") -> None:
    """Add a step to the end of a briefing's steps."""
    position = next_in(connection, STEPS.c.position, briefing=id)
    values = {"state": state.value, "version": version, "note": note, **stamp(by)}
    add(connection, STEPS, briefing=id, position=position, **values)


def next_number(connection: Connection, *, year: int) -> tuple[int, str]:
    """Give the number that the next issued briefing of a calendar year has: its serial, and as it is written."""
    serial = next_in(connection, ISSUES.c.serial, year=year)
    return serial, f"{PREFIX}-{year}-{serial:04d}"


def record_of(connection: Connection, id: int) -> BriefingRecord:
    """Give one briefing.

    Raises
    ------
    UsageError
        If there is no such briefing.
    """
    found = records(connection, id=id)
    if not found:
        raise UsageError(f"There is no briefing {id} in the register. Look for it in the list.")
    return found[0]


def records(connection: Connection, *, id: int | None = None, ward: str = "") -> list[BriefingRecord]:
    """Give briefings in the order they were begun: one, those of a ward, or all. As many queries for all as for one."""
    chosen = select(BRIEFINGS.c.id)
    if id is not None:
        chosen = chosen.where(BRIEFINGS.c.id == id)
    if ward:
        chosen = chosen.where(BRIEFINGS.c.ward_code == ward)

    def rows(table: Table, *order: "Column[Any]") -> dict[int, list[RowMapping]]:
        column = table.c.briefing if "briefing" in table.c else table.c.id
        found: dict[int, list[RowMapping]] = defaultdict(list)
        for row in connection.execute(select(table).where(column.in_(chosen)).order_by(column, *order)).mappings():
            found[row[column.name]].append(row)
        return found

    savers = _savers(connection, chosen)
    texts = _texts(connection, chosen)
    steps, issues, replaced = rows(STEPS, STEPS.c.position), rows(ISSUES), rows(REPLACEMENTS)
    return [
        BriefingRecord(
            id=id,
            basis=Basis(**{key: value for key, value in row.items() if key != "id"}),
            version=texts[id]["version"],
            words=words_of(texts[id]),
            steps=tuple(_step(one) for one in steps[id]),
            savers=tuple(signed(one) for one in savers[id]),
            conflicts=tuple(one["version"] for one in savers[id] if one["conflict"]),
            issue=_issue(issues[id][0]) if id in issues else None,
            replaces=replaced[id][0]["replaced"] if id in replaced else None,
        )
        for id, (row,) in rows(BRIEFINGS).items()
    ]


def versions_of(connection: Connection, id: int) -> list[Version]:
    """Give every text of a briefing, the oldest first."""
    query = select(VERSIONS).where(VERSIONS.c.briefing == id).order_by(VERSIONS.c.version)
    return [
        Version(row["version"], words_of(row), signed(row), row["based_on"], row["conflict"])
        for row in connection.execute(query).mappings()
    ]


def open_requests(connection: Connection) -> dict[int, str]:
    """Give the ward of every request that is not answered, by the request's id."""
    answered = select(ANSWERS.c.request)
    query = select(REQUESTS.c.id, REQUESTS.c.ward_code).where(REQUESTS.c.id.not_in(answered))
    return {int(id): str(ward) for id, ward in connection.execute(query)}


def words_of(row: RowMapping) -> OfficersWords:
    """Read a text that was kept.

    Raises
    ------
    DamagedError
        If it is none any more.
    """
    try:
        return OfficersWords.model_validate_json(row["words"])
    except ValidationError as error:
        raise DamagedError(
            f"Version {row['version']} of briefing {row['briefing']} in the register cannot be read. Restore the records from a "
            "backup."
        ) from error


def _savers(connection: Connection, chosen: Any) -> dict[int, list[RowMapping]]:
    columns = (
        VERSIONS.c.briefing,
        VERSIONS.c.version,
        VERSIONS.c.conflict,
        *(VERSIONS.c[name] for name in ("at", "who", "name")),
    )
    query = select(*columns).where(VERSIONS.c.briefing.in_(chosen)).order_by(VERSIONS.c.briefing, VERSIONS.c.version)
    found: dict[int, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["briefing"]].append(row)
    return found


def _texts(connection: Connection, chosen: Any) -> dict[int, RowMapping]:
    """Give the text that counts of each: the newest that is not kept beside."""
    newest = (
        select(VERSIONS.c.briefing, func.max(VERSIONS.c.version).label("version"))
        .where(VERSIONS.c.briefing.in_(chosen), VERSIONS.c.conflict.is_(False))
        .group_by(VERSIONS.c.briefing)
        .subquery()
    )
    same = and_(VERSIONS.c.briefing == newest.c.briefing, VERSIONS.c.version == newest.c.version)
    return {row["briefing"]: row for row in connection.execute(select(VERSIONS).join(newest, same)).mappings()}


def _step(row: RowMapping) -> Step:
    return Step(State(row["state"]), row["version"], signed(row), row["note"])


def _issue(row: RowMapping) -> IssueFacts:
    return IssueFacts(**{name: row[name] for name in ("number", "version", "for_whom", "issued_on", "expires")})

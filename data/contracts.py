"""What the rows of each read table promise, as pandera schemas; a reader hands on nothing that breaks them."""

from typing import TypeVar

import pandas as pd
import pandera.pandas as pa

from data.codes import clean_texts
from data.errors import RefusedInputError

Frame = TypeVar("Frame", bound=pd.DataFrame)

_QUARTER = pa.Check.str_matches(r"^\d{4}/\d{2} Q[1-4]$", name="a quarter such as 2025/26 Q2")
_NO_BLANKS = pa.Check(lambda texts: clean_texts(texts) == texts, name="no blanks around it")


def _text(*checks: pa.Check, nullable: bool = True) -> pa.Column:
    return pa.Column("str", list(checks), nullable=nullable)


def _number(*, least: float, nullable: bool = True) -> pa.Column:
    return pa.Column("float64", pa.Check.ge(least), nullable=nullable)


_SOURCE = {"source_row": pa.Column("int64", pa.Check.ge(1)), "source_file": pa.Column("str")}
_PLACE = {"ward_code": _text(_NO_BLANKS), "ward_name": _text(_NO_BLANKS), "district": _text(_NO_BLANKS)}
_COUNT = {"count": pa.Column("int64", pa.Check.ge(0))}


def _schema(columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema({**columns, **_SOURCE}, strict=True, ordered=True, index=pa.Index("int64", unique=True))


WARDS = _schema(
    {
        "ward_code": pa.Column("str", _NO_BLANKS, unique=True),
        "ward_name": _text(_NO_BLANKS),
        "district": _text(_NO_BLANKS),
        "geometry": pa.Column(
            None,
            [
                pa.Check(lambda shapes: shapes.is_valid & ~shapes.is_empty, name="a valid outline"),
                pa.Check(lambda shapes: shapes.geom_type.isin(["Polygon", "MultiPolygon"]), name="a polygon"),
            ],
        ),
    }
)
POPULATION = _schema({**_PLACE, "residents": _number(least=1), "workday": _number(least=0)})
REFERRALS = _schema(
    {
        **_PLACE,
        "quarter": _text(_QUARTER, nullable=False),
        "category": _text(_NO_BLANKS),
        "sector": _text(_NO_BLANKS),
        **_COUNT,
    }
)
INCIDENTS = _schema(
    {
        "date": pa.Column("datetime64[us]", nullable=True),
        "quarter": _text(_QUARTER, nullable=False),
        "category": _text(_NO_BLANKS),
        **_COUNT,
        **_PLACE,
        "easting": _number(least=0),
        "northing": _number(least=0),
    }
)
PROVISION = _schema(
    {
        "name": _text(_NO_BLANKS),
        "kind": _text(_NO_BLANKS, nullable=False),
        "number": _number(least=1),
        "start": pa.Column("datetime64[us]"),
        "end": pa.Column("datetime64[us]", nullable=True),
        "cost": _number(least=0),
        "funder": _text(_NO_BLANKS),
        "for_whom": _text(_NO_BLANKS),
        **_PLACE,
        "easting": _number(least=0),
        "northing": _number(least=0),
    }
)


def keep_contract(rows: Frame, schema: pa.DataFrameSchema, *, table: str) -> Frame:
    """Check rows against their schema and hand them on unchanged.

    Raises
    ------
    RefusedInputError
        Naming the columns and what they should have held, never a value: pandera's own message would quote cells.
    """
    try:
        schema.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        broken = error.failure_cases[["column", "check"]].drop_duplicates().itertuples()
        faults = "; ".join(f"{fault.column}: {fault.check}" for fault in broken)
    else:
        return rows
    raise RefusedInputError(
        f"{table}: the rows read break what the table promises ({faults}). Please report this as a fault."
    )

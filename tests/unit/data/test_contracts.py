import pandas as pd
import pytest

from data.contracts import REFERRALS, keep_contract
from data.errors import RefusedInputError

ROW = {
    "ward_code": "E05010458", "ward_name": None, "district": None, "quarter": "2025/26 Q2", "category": "Incel",
    "sector": None, "count": 1,
    "source_row": 2, "source_file": "f.csv",
}  # fmt: skip


def rows(**changes: object) -> pd.DataFrame:
    frame = pd.DataFrame([ROW | changes])
    texts = {key: "str" for key in ROW if key not in {"count", "source_row"}}
    return frame.astype(texts)


def test_rows_that_keep_the_contract_are_handed_on_unchanged() -> None:
    frame = rows()
    assert keep_contract(frame, REFERRALS, table="referrals") is frame


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"count": -1}, "count"),
        ({"quarter": "2025 Q2"}, "quarter"),
        ({"quarter": None}, "quarter"),
        ({"ward_code": " Zebedee"}, "ward_code"),
        ({"count": 1.5}, "count"),
    ],
)
def test_a_broken_contract_names_the_column_and_never_a_value(changes: dict[str, object], column: str) -> None:
    with pytest.raises(
        RefusedInputError, match=rf"referrals: the rows read break what the table promises \({column}: "
    ) as refused:
        keep_contract(rows(**changes), REFERRALS, table="referrals")
    assert "Zebedee" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_column_too_many_or_too_few_breaks_the_contract() -> None:
    with pytest.raises(RefusedInputError):
        keep_contract(rows().assign(name="x"), REFERRALS, table="referrals")
    with pytest.raises(RefusedInputError):
        keep_contract(rows().drop(columns="sector"), REFERRALS, table="referrals")

import pandas as pd
import pytest

from data.errors import RefusedInputError
from data.repeats import name_rows, repeated_rows


def table(*rows: tuple[str | None, int]) -> pd.DataFrame:
    cells = pd.DataFrame(rows, columns=["key", "value"])
    return cells.assign(source_row=range(2, len(cells) + 2), source_file="f.csv")


def repeated(cells: pd.DataFrame) -> list[bool]:
    everything = pd.Series(True, index=cells.index)
    return repeated_rows(cells, keys=["key"], values=["value"], among=everything, what="key").tolist()


def test_the_first_of_equal_rows_is_kept() -> None:
    assert repeated(table(("a", 1), ("b", 1), ("a", 1), ("a", 1))) == [False, False, True, True]


def test_missing_keys_are_equal_to_each_other_only() -> None:
    assert repeated(table((None, 1), ("a", 1), (None, 1))) == [False, False, True]


def test_a_contradiction_names_both_rows_and_files_and_no_value() -> None:
    cells = table(("a", 41), ("b", 1), ("a", 97))
    with pytest.raises(
        RefusedInputError, match=r"^f\.csv, rows 2 and 4: the same key with different numbers"
    ) as refused:
        repeated(cells)
    assert "41" not in str(refused.value)
    with pytest.raises(RefusedInputError, match=r"^f\.csv, row 2, and g\.csv, row 4: "):
        repeated(cells.assign(source_file=["f.csv", "f.csv", "g.csv"]))


def test_rows_that_are_not_looked_at_do_not_count() -> None:
    cells = table(("a", 1), ("a", 2))
    among = pd.Series([False, True], index=cells.index)
    assert repeated_rows(cells, keys=["key"], values=["value"], among=among, what="key").tolist() == [False, False]


def test_few_rows_are_named_and_many_are_counted() -> None:
    cells = table(*[("a", n) for n in range(8)])
    assert name_rows(cells, cells["value"] == 0) == "row 2"
    assert name_rows(cells, cells["value"] < 2) == "rows 2 and 3"
    assert name_rows(cells, cells["value"] >= 0) == "rows 2, 3, 4, 5, 6 and 3 more"

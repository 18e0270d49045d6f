import pandas as pd

from data.totals import are_totals, totals_disagree

KEYS = ("ward_code", "ward_name", "quarter", "category")


def table(*rows: tuple[str | None, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*KEYS, "count"], dtype="str")


def totals(*rows: tuple[str | None, ...]) -> list[bool]:
    return are_totals(table(*rows), keys=KEYS).tolist()


def test_words_for_everything_and_for_a_part_are_totals() -> None:
    rows = [
        ("Total", None, None, None, "9"), ("TOTALS:", None, None, None, "9"), ("All wards", None, None, None, "9"),
        (None, "Grand total", None, None, "9"),
        (None, "Leicester total", None, None, "9"), ("Subtotal Blaby", None, None, None, "9"),
        (None, None, "Total", None, "9"), (None, None, None, None, "9"),
    ]  # fmt: skip
    assert totals(*rows) == [True] * 8


def test_wards_whose_names_sound_like_totals_are_wards() -> None:
    assert (
        totals(
            ("E05010458", "Total", "q", "c", "1"),
            ("e05010459", "All Saints", "q", "c", "1"),
            (None, "All Saints", "q", "c", "1"),
        )
        == [False] * 3
    )


def test_a_total_of_categories_is_one_only_beside_categories() -> None:
    assert totals(("E05010458", None, "q", "All", "3"), ("E05010458", None, "q", "Incel", "3")) == [True, False]
    assert totals(("E05010458", None, "q", "All", "3"), ("E05010459", None, "q", None, "3")) == [False, False]


def test_a_row_without_a_count_is_no_total_unless_it_says_so() -> None:
    assert totals((None, None, None, None, None), ("E05010458", None, None, None, None)) == [False, False]


def test_each_total_is_compared_with_the_rows_it_is_about() -> None:
    cells = table(
        ("A", None, "q1", "x", "1"), ("A", None, "q2", "x", "2"), ("B", None, "q2", "y", "4"),
        ("Total", None, None, None, "7"), ("Total", None, "q2", None, "6"), ("Total", None, "q1", None, "2"),
        (None, "North total", None, None, "99"),
    )  # fmt: skip
    found = are_totals(cells, keys=KEYS)
    assert found.tolist() == [False] * 3 + [True] * 4
    wrong = totals_disagree(cells, cells["count"].astype(float), keys=KEYS, totals=found)
    assert wrong.tolist() == [False] * 5 + [True, False]

import pandas as pd

from data.codes import are_ons_codes, are_ward_codes, clean_codes, clean_text, clean_texts, map_distinct


def test_blanks_of_every_kind_are_trimmed_and_made_one() -> None:
    texts = pd.Series(["\ufeff a\u00a0\u2009 b\t", "\u200b", "", None, "c\nd"], dtype="str")
    assert clean_texts(texts).fillna("-").tolist() == ["a b", "-", "-", "-", "c d"]
    assert clean_text(" a \u00a0 b ") == "a b"


def test_codes_lose_their_blanks_and_become_capitals() -> None:
    assert clean_codes(pd.Series([" e05 010458\u00a0", None], dtype="str")).fillna("-").tolist() == ["E05010458", "-"]


def test_ward_codes_are_told_from_other_codes() -> None:
    codes = pd.Series(
        ["E05010458", "W05001492", "S13002516", "N08000101", "X05900001", "E07000129", "E0501045", "Abbey", None],
        dtype="str",
    )
    assert are_ons_codes(codes).tolist() == [True] * 6 + [False] * 3
    assert are_ward_codes(codes).tolist() == [True] * 5 + [False] * 4


def test_the_input_stays_as_it_was() -> None:
    texts = pd.Series([" a "], dtype="str")
    clean_codes(texts)
    assert texts.tolist() == [" a "]


def test_each_distinct_text_is_changed_once_and_keeps_its_row() -> None:
    asked: list[str] = []
    texts = pd.Series(["b", None, "a", "b"], index=[7, 5, 3, 1], dtype="str")
    changed = map_distinct(texts, lambda text: asked.append(text) or (text.upper() if text == "b" else None))
    assert asked == ["b", "a"]
    assert changed.index.tolist() == [7, 5, 3, 1]
    assert changed.dtype == "str"
    assert changed.fillna("-").tolist() == ["B", "-", "-", "B"]

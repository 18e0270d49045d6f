"""What stands in a column is told in words, and its values never are."""

import pandas as pd
import pytest

from ingest.recognising import Known, Sort, recognise

KNOWN = Known(
    codes=frozenset({"e05000001", "e05000002"}), names=frozenset({"castle", "mill"}), districts=frozenset({"north"})
)


@pytest.mark.parametrize(
    ("cells", "sort", "words"),
    [
        (["E05000001", "e05000002 ", "E05000001"], Sort.WARD_CODES, "ward codes: all 3 are codes of this area's wards"),
        (["E05000001", "E05000002", "nowhere"], Sort.WARD_CODES, "ward codes: 2 of 3 are codes of this area's wards"),
        (["E05999991", "E05999992"], Sort.OTHER_WARD_CODES, "ward codes, 2 different ones: none of the 2 is"),
        (["E07000001", "E07000002"], Sort.OTHER_CODES, "codes of areas that are no wards"),
        (["Castle", "MILL", None], Sort.WARD_NAMES, "names of wards: all 2 are names of this area's wards"),
        (["North", "North"], Sort.DISTRICTS, "names of districts"),
        (["2024/25 Q1", "2024/25 Q3", "2024/25 Q5"], Sort.QUARTERS, "quarters, 2024/25 Q1 to 2024/25 Q3: 2 of 3"),
        (["2024-05-01", "2024-06-30"], Sort.DATES, "dates in 2024/25 Q1"),
        (["1", "2", "<5", "-1"], Sort.COUNTS, "whole numbers: 2 of 4"),
        (["1.5", "-2.25"], Sort.NUMBERS, "numbers"),
        (["Islamist", "Extreme right-wing", "Conflicted"], Sort.CONCERNS, "types of concern, 3 different ones"),
        (["Police", "Education"], Sort.SECTORS, "sectors, 2 different ones"),
        (["red", "blue", "red"], Sort.KINDS, "text of 2 different kinds"),
        ([None, None], Sort.NOTHING, "nothing"),
    ],
)
def test_what_a_column_holds_is_told_by_kind_and_number(cells, sort, words):
    held = recognise(pd.Series(cells, dtype="str"), known=KNOWN)
    assert held.sort is sort
    assert held.words.startswith(words)
    values = {one for one in cells if one} - {"2024/25 Q1", "2024/25 Q3", "1", "2"}
    assert not any(one in held.words for one in values)

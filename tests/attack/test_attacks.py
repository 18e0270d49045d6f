"""Every attack must come to nothing. Those by geography, a third of the work, are in `test_attacks_by_geography.py`."""

import pytest

from tests.attack.everyone import ATTACKS
from tests.attack.ground_changes import FAMILY as GEOGRAPHY


@pytest.mark.parametrize("key", [key for key, one in ATTACKS.items() if one.family != GEOGRAPHY])
def test_the_attack_finds_nothing(key, tmp_path):
    ATTACKS[key].run(tmp_path, False).assert_nothing_was_found()

"""Every attack by geography must come to nothing: a file of their own, so that two workers share all attacks."""

import pytest

from tests.attack.everyone import ATTACKS
from tests.attack.ground_changes import FAMILY as GEOGRAPHY


@pytest.mark.parametrize("key", [key for key, one in ATTACKS.items() if one.family == GEOGRAPHY])
def test_the_attack_finds_nothing(key, tmp_path):
    ATTACKS[key].run(tmp_path, False).assert_nothing_was_found()

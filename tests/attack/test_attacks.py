"""Every attack must come to nothing."""

import pytest

from tests.attack.everyone import ATTACKS


@pytest.mark.parametrize("key", list(ATTACKS))
def test_the_attack_finds_nothing(key, tmp_path):
    result = ATTACKS[key].run(tmp_path, False)
    assert result.cases > 0, "an attack that tried nothing proves nothing"
    assert not result.losses, f"{len(result.losses)} of {result.cases} {result.what}, such as: {result.losses[0]}"

import pytest

from pages.components.on_request import _left


@pytest.mark.parametrize(
    ("share", "spent", "said"),
    [
        (0.0, 0.0, ""),
        (0.04, 10.0, ""),
        (0.5, 20.0, ", less than a minute left"),
        (0.25, 20.0, ", about 1 minute left"),
        (0.1, 30.0, ", about 4 minutes left"),
        (1.0, 90.0, ""),
    ],
)
def test_what_is_left_is_said_once_it_can_be_told(share, spent, said):
    assert _left(share, spent=spent) == said

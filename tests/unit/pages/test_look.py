"""The colours of every layer: one style a class, told apart in both themes."""

from itertools import combinations

import pytest

from analysis.around_ward import PAIRS, SINGLES, AroundWard
from disclosure.layers import NOT_MODELLED, Layer, released_layers
from pages.components.look import styles_of
from tests.studies import make_study


def around(labels: tuple[AroundWard, ...]) -> Layer:
    classes = (*(label.phrase for label in labels), NOT_MODELLED)
    return Layer(key="x", title="X", explanation="", classes=classes, codes=())


LAYERS = [
    *released_layers(make_study().wards, exact=True).values(),
    *released_layers(make_study().wards, exact=False).values(),
    around(PAIRS),
    around(SINGLES),
]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.title)
def test_every_class_has_a_style_that_no_other_has_and_its_own_words(layer: Layer, dark: bool) -> None:
    styles = styles_of(layer, dark=dark)
    assert [style.label for style in styles] == list(layer.classes)
    for one, other in combinations(styles, 2):
        assert (one.fill, one.pattern) != (other.fill, other.pattern)


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_not_clear_around_a_ward_is_told_by_its_pattern(dark: bool) -> None:
    patterns = {style.label: style.pattern for style in styles_of(around(PAIRS), dark=dark)}
    assert patterns.pop("not clear") == "hatch"
    assert patterns.pop(NOT_MODELLED) == "dots"
    assert set(patterns.values()) == {"none"}

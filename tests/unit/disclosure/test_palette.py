"""The colours of every layer: one style a class, told apart in both themes."""

from itertools import combinations

import pytest

from analysis.around_ward import PAIRS, SINGLES, AroundWard
from analysis.change_classes import ChangeClass
from disclosure.layers import NOT_MODELLED, Layer, released_layers
from disclosure.palette import styles_of, styles_of_levels
from disclosure.wording import COARSE_RISK, RELATIVE_RISK, Bands
from tests.studies import make_study


def around(labels: tuple[AroundWard, ...]) -> Layer:
    classes = (*(label.phrase for label in labels), NOT_MODELLED)
    return Layer(key="x", title="X", explanation="", classes=classes, codes=())


CHANGE = Layer(key="change", title="Change", explanation="", classes=tuple(one.phrase for one in ChangeClass), codes=())
LAYERS = [
    *released_layers(make_study().wards, exact=True).values(),
    *released_layers(make_study().wards, exact=False).values(),
    around(PAIRS),
    around(SINGLES),
    CHANGE,
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


@pytest.mark.parametrize("dark", [False, True])
def test_what_has_come_and_what_is_going_are_told_by_marks_as_well_as_colours(dark: bool) -> None:
    styles = dict(zip(ChangeClass, styles_of(CHANGE, dark=dark), strict=True))
    patterns = {change: style.pattern for change, style in styles.items() if style.pattern != "none"}
    assert patterns == {
        ChangeClass.NEW: "plus",
        ChangeClass.EASING: "minus",
        ChangeClass.UNCERTAIN: "hatch",
        ChangeClass.NO_DENOMINATOR: "dots",
    }
    plain = [styles[one].fill for one in (ChangeClass.PERSISTENT, ChangeClass.CLEARED, ChangeClass.NONE)]
    assert len(set(plain)) == 3


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("bands", [COARSE_RISK, RELATIVE_RISK], ids=["three", "six"])
def test_levels_of_areas_are_drawn_like_risks_and_what_is_not_given_like_what_is_withheld(
    bands: Bands, dark: bool
) -> None:
    styles = styles_of_levels((*bands.names, "not given"), dark=dark)
    assert list(styles) == [style.label for style in styles.values()] == [*bands.names, "not given"]
    assert [style.pattern for style in styles.values()] == [*["none"] * len(bands.names), "dots"]
    assert len({style.fill for style in styles.values()}) == len(styles)

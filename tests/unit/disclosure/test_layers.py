from disclosure.layers import LAYER_KEYS, layer_titles, released_layers
from tests.studies import make_study


def test_every_layer_has_one_class_a_ward_and_a_title():
    frame = make_study().wards
    layers = released_layers(frame, exact=True)
    assert tuple(layers) == LAYER_KEYS == tuple(layer_titles())
    for key, layer in layers.items():
        assert len(layer.codes) == len(frame)
        assert all(0 <= code < len(layer.classes) for code in layer.codes)
        assert sum(layer.class_counts()) == len(frame)
        assert layer.title == layer_titles()[key]


def test_the_class_of_each_ward_is_that_of_the_study():
    overlap = released_layers(make_study().wards, exact=True)["overlap"]
    assert [overlap.classes[code] for code in overlap.codes] == [
        *("high on both", "too uncertain to say", "too uncertain to say", "no denominator"),
    ]


def test_bands_are_those_of_the_values_and_a_ward_without_one_has_a_class_of_its_own():
    risk = released_layers(make_study().wards, exact=True)["risk_incidents"]
    assert [risk.classes[code] for code in risk.codes] == [
        "very high (2 or more)",
        "above the area (1.1 to 1.5)",
        "well below the area (under 0.67)",
        "no denominator",
    ]


def test_audiences_without_exact_values_get_wide_bands_of_risk():
    frame = make_study().wards
    risk = released_layers(frame, exact=False)["risk_referrals"]
    assert [risk.classes[code] for code in risk.codes] == [
        "high (1.5 or more)",
        "about the area's (0.67 to 1.5)",
        "below the area (under 0.67)",
        "no denominator",
    ]

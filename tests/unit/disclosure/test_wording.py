import numpy as np
import pytest

from analysis.study import NOT_CALLED_HIGH
from disclosure.wording import COARSE_RISK, PROBABILITY, RELATIVE_RISK, Bands, middle_of_band


def test_every_probability_has_a_word():
    said = PROBABILITY.say(np.linspace(0, 1, 201))
    assert set(said) == set(PROBABILITY.names)
    assert [said[0], said[100], said[-1]] == ["remote chance", "about as likely as not", "almost certain"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0499, "remote chance"),
        (0.05, "highly unlikely"),
        (0.4, "about as likely as not"),
        (0.6, "likely"),
        (0.95, "almost certain"),
    ],
)
def test_a_band_begins_at_its_edge(value, said):
    assert PROBABILITY.say(np.array([value])) == [said]


def test_what_is_missing_has_no_word():
    assert RELATIVE_RISK.say(np.array([np.nan, 1.0]), missing="-") == ["-", "about the area's (0.9 to 1.1)"]
    assert RELATIVE_RISK.codes(np.array([np.nan, 0.0])).tolist() == [-1, 0]


@pytest.mark.parametrize("bands", [PROBABILITY, RELATIVE_RISK, COARSE_RISK])
def test_there_is_one_more_name_than_edges_and_edges_rise(bands: Bands):
    assert len(bands.names) == len(bands.edges) + 1
    assert list(bands.edges) == sorted(bands.edges)


def test_the_number_of_a_band_is_its_middle_and_says_no_more_than_its_word():
    values = np.linspace(0, 1, 201)
    middles = middle_of_band(values)
    assert PROBABILITY.say(middles) == PROBABILITY.say(values)
    assert len(set(middles.tolist())) == len(PROBABILITY.names)
    assert middle_of_band(np.array([0.5, np.nan])).tolist()[0] == 0.5
    assert np.isnan(middle_of_band(np.array([np.nan]))).all()


def test_wide_bands_of_risk_are_narrow_ones_put_together():
    values = np.linspace(0, 4, 401)
    pairs = set(zip(RELATIVE_RISK.say(values), COARSE_RISK.say(values), strict=True))
    assert len(pairs) == len(RELATIVE_RISK.names)


def test_what_may_not_be_called_high_is_in_no_band_that_is_called_so():
    risk = np.array([NOT_CALLED_HIGH])
    assert COARSE_RISK.say(risk) == ["about the area's (0.67 to 1.5)"]
    assert "high" not in RELATIVE_RISK.say(risk)[0]

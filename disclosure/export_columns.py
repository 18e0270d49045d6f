"""What each column of an exported table is: one sentence, for the notes beside it."""

_MEASURES = {"referrals": "referrals made", "incidents": "recorded incidents"}
_STEMS = {
    "observed": "{measure} in the window; where the audience has no exact counts, a text such as '7 or fewer' or a rounded count",
    "expected": "{measure} that the whole area's rate would give",
    "rate": "{measure} a year per 10,000 people, without a model",
    "relative_risk": "modelled risk of {measure} against the whole area's, 1 is the area's; a band where not exact",
    "relative_risk_low": "lower end of the 95 % interval of the modelled risk of {measure}",
    "relative_risk_high": "upper end of the 95 % interval of the modelled risk of {measure}",
    "count": "{measure} in the window",
    "level": "band of the rate of {measure} against the whole area's",
    "times": "rate of {measure} over the whole area's",
}
_COLUMNS = {
    "ward_code": "code of the ward (ONS)",
    "ward_name": "name of the ward",
    "district": "district that the ward lies in",
    "probability_both": "how probable it is that both true risks are above the threshold; the middle of a band where not exact",
    "probability_referrals": "how probable it is that the true risk of referrals is above the threshold",
    "probability_incidents": "how probable it is that the true risk of recorded incidents is above the threshold",
    "certainty": "probability_both in words; empty where the ward could not be modelled",
    "class": "high on both, on one, on neither, too uncertain to say, or no denominator",
    "flagged": "whether the ward is among those reported as high on both",
    "made_from": "snapshot, window, threshold, denominator, categories, audience and version of the software",
    "marking": "protective marking and handling of this row, wherever it is copied to",
    "area_code": "code of the area, of its first ward",
    "area_name": "name of the area",
    "wards": "number of wards in the area",
    "residents": "people who live there",
    "ward_codes": "codes of the wards in the area",
    "ward_names": "names of the wards in the area, in the order of their codes",
    "window": "months that are counted",
    "snapshot": "version of the data",
}


def describe_column(name: str) -> str:
    """Say what a column holds; nothing where nothing is known of it."""
    if name in _COLUMNS:
        return _COLUMNS[name]
    stem, _, measure = name.rpartition("_")
    return _STEMS[stem].format(measure=_MEASURES[measure]) if stem in _STEMS and measure in _MEASURES else ""

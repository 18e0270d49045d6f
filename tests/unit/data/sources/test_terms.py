"""Whose data these are: the ONS asks to be named in its words; of others, nothing is made up."""

from datetime import date

from data.sources.ons import ONS
from data.sources.terms import terms_of

TODAY = date(2026, 11, 22)


def test_what_is_of_the_ons_is_under_the_open_government_licence_with_its_lines():
    terms = terms_of([f"{ONS}/WD_DEC_2023_UK_BGC/FeatureServer/0", f"{ONS}/X/FeatureServer/0"], ["", ""], today=TODAY)
    assert terms.licence is not None
    assert terms.licence.startswith("Open Government Licence v3.0")
    assert terms.credit() == (
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
        "Contains OS data © Crown copyright and database right 2026"
    )


def test_an_address_that_only_begins_like_that_of_the_ons_is_not_of_the_ons():
    for address in (f"{ONS}.evil.example/X", "https://services1.arcgis.com/OTHER/arcgis/rest/services/X"):
        assert terms_of([address], [], today=TODAY).licence is None


def test_one_layer_of_others_and_the_whole_is_not_of_the_ons():
    assert terms_of([f"{ONS}/X", "http://127.0.0.1/X"], ["Ours", "Ours"], today=TODAY).attribution == ("Ours",)


def test_without_words_there_is_no_credit():
    assert terms_of(["http://127.0.0.1/X"], [""], today=TODAY).credit() is None


def test_a_credit_fits_into_the_settings():
    assert len(terms_of(["http://127.0.0.1/X"], ["x" * 900], today=TODAY).credit() or "") == 500

from disclosure.marking import make_marking


def lines(**said):
    return make_marking(handling="Do not forward.", **{"invented": (), **said}).lines()


def test_real_data_carry_the_marking_and_the_handling_alone():
    assert lines() == ["OFFICIAL-SENSITIVE. Do not forward."]


def test_the_partnership_stands_before_the_handling_that_speaks_of_it():
    assert lines(partnership="Sixwards")[0] == "OFFICIAL-SENSITIVE. Sixwards. Do not forward."


def test_a_fictional_area_says_so():
    assert lines(invented=("wards", "populations", "referrals", "incidents"))[1:] == [
        "FICTIONAL AREA. Every place, person count and event shown here is invented."
    ]


def test_invented_tables_of_a_real_area_are_named():
    assert lines(invented=("referrals",))[1] == (
        "INVENTED FIGURES. The referrals are invented, for trying the software."
    )
    assert (
        "The populations, referrals and incidents are" in lines(invented=("populations", "referrals", "incidents"))[1]
    )


def test_stand_in_incidents_are_called_so():
    said = lines(invented=("referrals",), stand_in=("police.uk public order offences.",))
    assert said[2] == "STAND-IN DATA. The incidents are not recorded hate crimes: police.uk public order offences."

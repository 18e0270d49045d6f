"""Styles of the printed page."""

from pages.components.look_print import as_css_text


def test_nothing_in_a_text_ends_the_css_that_holds_it() -> None:
    written = as_css_text('"; } </style><script>\\')
    assert not set(written[1:-1]) & set('";{}<>/')
    assert written[1:-1].count("\\") == len('";}</><>\\')


def test_words_and_their_gaps_stay_as_they_are() -> None:
    assert as_css_text("Do not. forward") == '"Do not\\2e  forward"'

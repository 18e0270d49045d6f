"""Data in a script stays data, whatever a text holds."""

import json

import pytest
from folium.template import Template
from hypothesis import given
from hypothesis import strategies as st

from pages.components.script_text import as_script

HOSTILE = st.lists(
    st.sampled_from(["{{", "}}", "{%", "%}", "{#", "{", "<", "</script>", "\u2028", "'", '"', "\\", "a"])
).map("".join)
TEXTS = st.text() | HOSTILE
DATA = st.recursive(TEXTS | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner))


@given(DATA)
def test_it_reads_back_as_what_it_was_even_after_a_template_engine(content: object) -> None:
    script = as_script(content)
    assert json.loads(script) == content
    assert json.loads(Template(script).render()) == content


@given(DATA)
def test_it_holds_nothing_that_html_or_javascript_would_act_on(content: object) -> None:
    script = as_script(content)
    assert script.isascii()
    assert not set("<>&'") & set(script)


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_script(float("nan"))

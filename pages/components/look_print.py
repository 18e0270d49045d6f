"""The visual language on paper: what a page looks like when it is printed, with its marking on every sheet.

Streamlit lets a printed page run over as many sheets as it takes. What is added here: the marking in the margins of each sheet
(Chromium draws what stands in `@page`, and only there was it tried; elsewhere only the first sheet may have the marking),
no widgets, light colours under a dark screen, and pieces that are not cut in two.
"""

import re

import streamlit as st

from disclosure.marking import Marking
from pages.components.look import is_dark

_WIDGETS = (
    "stHeader stSidebar stToolbar stStatusWidget stToast stSpinner stSkeleton stDownloadButton stFormSubmitButton "
    "stLinkButton stPageLink stPopover stButtonGroup stSelectbox stMultiSelect stSlider stNumberInput stTextInput stTextArea "
    "stDateInput stTimeInput stCheckbox stRadio stFileUploader stTooltipIcon stWidgetLabel stElementToolbar stProgress"
)
_AWAY = ", ".join(f"[data-testid={name}]" for name in _WIDGETS.split())
_AWAY_WITH_PLACE = ", ".join(f"> {one.strip()}" for one in _AWAY.split(", "))
_BUTTONS = ".stElementContainer:has([data-testid=stButton]):not([class*=st-key-flagged-], [class*=st-key-ward-])"
"""All but the names of wards that can be clicked, which are text as well."""
_WHOLE = (
    ".stElementContainer:has(iframe), .stElementContainer:has(img), [data-testid=stVegaLiteChart], "
    "[data-testid=stPlotlyChart], [data-testid=stImage], [data-testid=stAlert], .wo-legend, .wo-figure, .wo-figures, "
    ".wo-facts, .wo-small-maps figure, .wo-table tr, .wo-row, .wo-bar"
)
_TURNED = (
    "iframe, [data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg, .wo-bar > i, "
    "[data-testid=stDataFrame] canvas, [data-testid=stPlotlyChart] .main-svg"
)
_SWATCHES = ".wo-legend img, .wo-square img, .wo-chip img, .wo-small-maps img"
_PAPER = f"""
@media screen {{.wo-paper {{display:none;}}}}
@media print {{
{_AWAY}, .st-key-wo_who, .modebar-container {{display:none !important;}}
.stElementContainer:has({_AWAY_WITH_PLACE}), {_BUTTONS} {{display:none !important;}}
html, body, [data-testid=stApp] {{background:#fff !important; color-scheme:light !important;}}
.block-container, [data-testid=stMainBlockContainer] {{padding:0 !important; min-height:0 !important; max-width:none !important;}}
[data-testid=stHorizontalBlock] {{display:block !important;}}
[data-testid=stColumn], [data-testid=stHorizontalBlock] > * {{width:100% !important; max-width:100% !important;}}
.stElementContainer, [data-testid=stLayoutWrapper], [data-testid=stVerticalBlock] {{height:auto !important;
  max-height:none !important; overflow:visible !important;}}
.stElementContainer, [data-testid=stLayoutWrapper] {{margin-bottom:.25rem;}}
h1, .wo-slide h1 {{font-size:1.5rem !important;}}
svg.marks {{overflow:visible !important;}}
{_WHOLE} {{break-inside:avoid;}}
h1, h2, h3, caption, .wo-head, .stElementContainer:has(.wo-legend), .stElementContainer:has(h2, h3) {{break-after:avoid;}}
p, li {{orphans:3; widows:3;}}
thead {{display:table-header-group;}}
.wo-read, .wo-terms, .wo-table, .wo-findings {{max-width:none;}}
.wo-legend {{min-height:0;}}
.stElementContainer:has([data-testid=stDataFrame]) {{overflow:hidden !important;}}
[data-testid=stDataFrame] {{zoom:.8;}}
[data-testid=stDataFrame]::after {{content:"As far as it was to be seen on the screen. The whole table can be downloaded there.";
  display:block; font-size:1.05rem;}}
}}
"""
_FROM_DARK = f"""
@media print {{
[data-testid=stMain] *:not(.wo-marking) {{color:#16191d !important; border-color:#c3c9d1 !important;}}
[data-testid=stExpander] details, [data-testid=stCode], pre, code,
[data-testid=stAlert] *:not(svg *) {{background:#fff !important;}}
[data-testid=stAlert] {{border:1px solid #c3c9d1;}}
{_TURNED}, {_SWATCHES} {{filter:invert(1) hue-rotate(180deg);}}
}}
"""


def apply_paper(marking: Marking) -> None:
    """Put the styles of the printed page into the page, with this marking on every sheet."""
    st.html(f"<style>{_PAPER}{_FROM_DARK if is_dark() else ''}{_sheets(marking)}</style>")


def _sheets(marking: Marking) -> str:
    """Write the margins of the sheets: marking, whose it is and warnings above, marking and number of the sheet below."""
    head = as_css_text(" ".join(marking.lines()))
    text = as_css_text(marking.text)
    font = "font:600 8pt system-ui, 'Segoe UI', Arial, sans-serif; color:#16191d;"
    return (
        f"@page {{size:A4; margin:20mm 13mm 16mm; @top-left {{content:{head}; width:100%; text-align:left; {font}}} "
        f"@bottom-left {{content:{text}; {font}}} "
        f'@bottom-right {{content:"Page " counter(page) " of " counter(pages); {font}}}}}'
    )


def as_css_text(text: str) -> str:
    """Write a text as CSS: all but letters, digits and blanks by their numbers, so that nothing in it ends the text."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'

"""Styles of the screen *Data* alone."""

import streamlit as st

_CSS = """
<style>
.wo-accounts {max-width:76rem;}
@media (min-width: 641px) {.wo-accounts {grid-template-columns:minmax(9rem,auto) minmax(10rem,1fr) auto; gap:.7rem 1.2rem;}}
.wo-accounts small {opacity:.85; font-size:.84rem;}
.wo-stack {display:flex; gap:2px; height:.8rem; border-radius:.3rem; overflow:hidden; background:rgba(128,136,144,.28);
  margin-bottom:.25rem;}
.wo-stack > i {display:block;}
.wo-stack-key {display:flex; flex-wrap:wrap; gap:.2rem 1.2rem; font-size:.84rem; margin:.5rem 0 .2rem;}
.wo-stack-key i {display:inline-block; width:.8rem; height:.8rem; border-radius:.2rem; margin-right:.4rem;
  vertical-align:-.08rem;}
.wo-table {max-width:76rem;}
.wo-findings {max-width:60rem; font-size:.95rem; line-height:1.5;}
.wo-findings ul {margin:.2rem 0 .2rem; padding-left:1.2rem;}
.wo-findings li {margin:.2rem 0;}
.wo-pairs {display:flex; flex-wrap:wrap; gap:.3rem 1.6rem; font-size:.92rem;}
.wo-pairs > div {display:flex; gap:.45rem; align-items:baseline;}
.wo-pairs span {opacity:.85;}
</style>
"""


def apply_data_styles() -> None:
    """Put the styles into the page."""
    st.html(_CSS)

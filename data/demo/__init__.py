"""The demonstration area: a fictional county, generated from a seed and stored small.

`generate()` draws it, `stored_area()` reads the stored copy, `write_demo()` writes plain files, and
`invent_referrals()` makes referrals for real ward codes. `python -m data.demo` stores it anew.
"""

from data.demo.files import demo_settings, write_demo
from data.demo.generate import DemoArea, generate
from data.demo.referrals import invent_referrals
from data.demo.stored import stored_area

__all__ = ["DemoArea", "demo_settings", "generate", "invent_referrals", "stored_area", "write_demo"]

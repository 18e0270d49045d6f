"""Addresses of the screens that no link of the program has."""

KEYS = (
    "snapshot",
    "audience",
    "to",
    "quarters",
    "threshold",
    "per",
    "measure",
    "ward",
    "concern",
    "sector",
    "strand",
    "groups",
    "groups_of",
    "groups_in",
    "wards",
    "below",
    "windows_of",
    "b_snapshot",
    "b_to",
    "b_quarters",
    "b_threshold",
    "b_per",
)
VALUES = {
    "a path": "../../../../etc/passwd",
    "HTML": "<script>alert(1)</script>",
    "a picture in Markdown": "![x](http://evil.example/x.png)",
    "NUL and escapes": "\0\x1b[31m\u202e",
    "100,000 characters": "x" * 100_000,
    "a huge number": "1e9999",
    "SQL": "' OR 1=1 --",
    "separators only": "~" * 10_000,
    "broken percent signs": "%zz%~%ff%fe~%",
    "nothing": "",
}
ADDRESS_CASES = [(key, what) for key in KEYS for what in VALUES]

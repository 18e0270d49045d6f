"""Codes of groups, made from what is in them: they say nothing of size or order, and stay as long as the group does."""

import hashlib
from collections.abc import Iterable

_DIGITS = 10
"""Hexadecimal. Among 1,000 groups two would share a code once in two million times."""


def group_code(letter: str, members: Iterable[str]) -> str:
    """Give the code of a group: the same members, in any order, always have the same code.

    Parameters
    ----------
    letter : str
        What kind of group it is.
    members : iterable of str
        Public codes of what is in it, such as wards.
    """
    listed = "\n".join(sorted(members))
    return letter + hashlib.sha256(listed.encode()).hexdigest()[:_DIGITS].upper()

"""Areas by names as people type them: any capitals, `St.` for `St`, no accents, in Welsh, `Bristol` for `Bristol, City of`."""

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from data.errors import UsageError
from data.in_words import listed
from data.visible_text import visible_text
from geo.ward_names import plain_name

_SUGGESTED, _SHOWN = 5, 80


class AreaNames:
    """The areas of one kind, by code and by every name that they go by.

    Parameters
    ----------
    what
        What such an area is called: `district`.
    option
        Of the command line, for sentences.
    """

    def __init__(self, areas: pd.DataFrame, *, what: str, option: str) -> None:
        """Take `key` (a code, or the name where there are no codes), `name` and perhaps `welsh`."""
        self._what, self._option = what, option
        self.names: Mapping[str, str] = {}
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        given = areas.dropna(subset=["key"]).drop_duplicates()
        for key, *names in given[[one for one in ("key", "name", "welsh") if one in given]].itertuples(index=False):
            said = [str(name) for name in names if pd.notna(name)]
            self.names = {**self.names, key: self.names.get(key) or (said or [key])[0]}
            for name in (key, *said):
                self._whole[easy(name)].add(key)
                first, _, rest = name.partition(",")
                self._short[easy(first)].add(key)
                self._short[easy(f"{rest} {first}")].add(key)

    def find(self, text: str) -> str:
        """Give the key of the area that is meant.

        Raises
        ------
        UsageError
            If there is none of this name, or several; with the names that are nearest.
        """
        asked = easy(text)
        for known in (self._whole, self._short):
            if len(found := known.get(asked, set())) == 1:
                return next(iter(found))
            if found:
                codes = listed(sorted(found)[:_SUGGESTED])
                raise UsageError(f"{self._option}: several are called '{_shown(text)}'. Give its code: {codes}.")
        raise UsageError(
            f"{self._option}: there is no {self._what} '{_shown(text)}' in these files.{self._nearest(asked)}"
        )

    def _nearest(self, asked: str) -> str:
        known = {**self._short, **self._whole}
        near = [one for one in known if len(asked) > 1 and asked == "".join(word[0] for word in one.split())]
        near += difflib.get_close_matches(asked, list(known), n=_SUGGESTED, cutoff=0.6)
        near += [one for one in known if asked and f" {asked}" in f" {one}"][:_SUGGESTED]
        names = dict.fromkeys(self.names[key] for one in near for key in sorted(known[one]))
        quoted = [f"'{_shown(name)}'" for name in list(names)[:_SUGGESTED]]
        return f" Did you mean {listed(quoted, last='or')}?" if quoted else ""


def easy(name: str) -> str:
    """Write a name the one way in which names that were typed are compared."""
    plain = unicodedata.normalize("NFKD", plain_name(name))
    bare = "".join(one for one in plain if not unicodedata.combining(one) and one not in ".',’")
    return " ".join(bare.replace("-", " ").split())


def _shown(text: str) -> str:
    said = visible_text(text)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"

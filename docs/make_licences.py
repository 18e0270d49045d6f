"""Writes docs/licences.md, the licences of what the product needs: `python -m docs.make_licences`.

From the metadata of the installed packages (read by pip-licenses), limited to requirements.txt, and from
`licences_by_hand.py` where these do not say.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from license_expression import Licensing, get_spdx_licensing
from packaging.utils import canonicalize_name

from docs.licences_by_hand import BUNDLED, HOMES, LICENCES, SAME, WEAK
from docs.pinned import PROJECT, read_pinned

PAGE = PROJECT / "docs" / "licences.md"
FREE = frozenset(
    {
        *("MIT", "MIT-0", "MIT-CMU", "X11", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Open-MPI"),
        *("Apache-2.0", "PSF-2.0", "Zlib", "CC0-1.0", "curl", "blessing", "libtiff", "libpng-2.0", "IJG", "FTL"),
        *(
            "PostgreSQL",
            "OLDAP-2.8",
            "BSD-Attribution-HPND-disclaimer",
            "Unicode-3.0",
            "OFL-1.1",
            "Bitstream-Vera",
            "LicenseRef-public-domain",
        ),
    }
)
"""Ask for no more than that their text and the copyright line stay with the copy."""
PARTLY = frozenset({"MPL-1.1", "MPL-2.0", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only"})
"""Ask that changes to the package itself are passed on, and that a library can be replaced; bind nothing that uses it."""
EXCEPTED = frozenset({"GPL-3.0-or-later WITH GCC-exception-3.1"})
"""The GPL with an exception for whatever uses the compiler's run-time library."""
_HEAD = """# Licences of what this software needs

Made by `python -m docs.make_licences` from the metadata of the installed packages and from what was read by hand
(`docs/licences_by_hand.py`). A test holds it to `requirements.txt` and to the rule that nothing binds the product.

None of these packages is in the repository: `make run` fetches them as their authors published them, with the hashes in
`requirements.txt`. Whoever passes on a copy with the packages in it (an image, an installer) passes on their licence texts too.

Not listed: what only the tests and benchmarks need (`requirements-dev.txt`, `requirements-bench.txt`).

## Packages

| package | version | licence (SPDX) | home |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Licence:
    """What is known of one package."""

    name: str
    versions: tuple[str, ...]
    licence: str
    """SPDX expression, or the words of the package where there is none for them."""
    home: str

    def row(self) -> str:
        """A row of the page's table."""
        return f"| {self.name} | {', '.join(self.versions)} | {self.licence} | {self.home} |"


def allowed(licence: str, *, among: frozenset[str] = FREE) -> bool:
    """Say whether a licence expression can be met by these licences alone. One that is not SPDX cannot.

    Where packages offer a choice (OR), one that is allowed is enough; where they ask for several (AND), all must be.
    """
    spdx = _spdx()
    expression = spdx.parse(licence.replace("LicenseRef-public-domain", "CC0-1.0"))
    decided = {one: spdx.TRUE if one.render() in among else spdx.FALSE for one in expression.symbols}
    return bool(expression.subs(decided, simplify=True) == spdx.TRUE)


def licences() -> tuple[Licence, ...]:
    """Give what is known of every package in requirements.txt, by name.

    Raises
    ------
    KeyError
        For a package that is not installed here and is not told by hand.
    """
    versions: dict[str, list[str]] = {}
    for one in read_pinned():
        versions.setdefault(one.name, []).append(one.version)
    said = _said(list(versions))
    return tuple(
        Licence(
            name=name, versions=tuple(pins), licence=_licence(name, said), home=HOMES.get(name) or said[name]["URL"]
        )
        for name, pins in sorted(versions.items())
    )


def page(known: tuple[Licence, ...]) -> str:
    """Write the page."""
    weak = [f"- **{name}**: {how}." for name, how in sorted(WEAK.items())]
    inside = [f"| {one.carrier} | {one.what} | {one.licence} | {one.note} |" for one in BUNDLED]
    parts = [
        _HEAD + "\n".join(one.row() for one in known),
        "## Packages that ask for changes to themselves to be passed on\n\nNone is changed here.\n\n" + "\n".join(weak),
        "## Inside the packages\n\nFiles of others that come with a package, as seen in the files for Linux and CPython 3.11.\n\n"
        "| package | carries | licence (SPDX) | how, and where this was read |\n| --- | --- | --- | --- |\n"
        + "\n".join(inside),
    ]
    return "\n\n".join(parts) + "\n"


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()


def _said(names: list[str]) -> dict[str, dict[str, str]]:
    command = [
        sys.executable,
        "-m",
        "piplicenses",
        "--from=mixed",
        "--with-urls",
        "--format=json",
        "--packages",
        *names,
    ]
    listed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout)  # noqa: S603
    return {canonicalize_name(one["Name"]): one for one in listed}


def _licence(name: str, said: dict[str, dict[str, str]]) -> str:
    if name in LICENCES:
        return LICENCES[name]
    own = said[name]["License"]
    return SAME.get(own, own)


if __name__ == "__main__":
    PAGE.write_text(page(licences()), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.relative_to(PROJECT)}: {len(licences())} packages\n")

"""Asks the advisory service whether a pinned package has a known fault: `python -m docs.audit_dependencies`.

It needs a network. pip-audit by itself ends as if all were well where a package could not be looked up, so
here that is an end of its own: 0 all looked up and nothing known, 1 something known, 2 NOT AUDITED.
It looks up what this Python on this system would install: packages for others (three of Windows and Python 3.12) it leaves out.
"""

import json
import subprocess
import sys
from pathlib import Path

from docs.pinned import PROJECT

NOTHING_KNOWN, KNOWN, NOT_AUDITED = 0, 1, 2
_OPTIONS = ("--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json")


def judge(output: str) -> tuple[int, list[str]]:
    """Read what pip-audit wrote (`--format json`); anything it cannot say of every package is NOT AUDITED.

    Returns
    -------
    tuple of int and list of str
        How to end, and the lines to show.
    """
    try:
        packages = json.loads(output)["dependencies"]
        unknown = [one["name"] for one in packages if "skip_reason" in one]
        known = [f"{one['name']} {one['version']}: {fault['id']}" for one in packages for fault in one.get("vulns", [])]
    except (ValueError, KeyError, TypeError):
        return NOT_AUDITED, ["NOT AUDITED: the advisory service could not be asked. Is there a network?"]
    lines = [f"KNOWN FAULT: {line}" for line in known]
    if unknown or not packages:
        lines.append(f"NOT AUDITED: the advisory service knows nothing of {len(unknown)} of {len(packages)} packages")
    if lines:
        return (KNOWN if known else NOT_AUDITED), lines
    return NOTHING_KNOWN, [f"{len(packages)} packages looked up, no known fault"]


def ask(requirements: Path) -> str:
    """Have pip-audit look up every package of a lock file; give what it wrote."""
    command = [sys.executable, "-m", "pip_audit", *_OPTIONS, "--requirement", str(requirements)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8").stdout  # noqa: S603


def main() -> int:
    """Audit every requirements*.txt; end with the worst that was found."""
    ends = set()
    for requirements in sorted(PROJECT.glob("requirements*.txt")):
        end, lines = judge(ask(requirements))
        ends.add(end)
        sys.stdout.writelines(f"{requirements.name}: {line}\n" for line in lines)
    return KNOWN if KNOWN in ends else max(ends)


if __name__ == "__main__":
    sys.exit(main())

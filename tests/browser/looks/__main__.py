"""Takes the stored pictures of the screens anew, those that look otherwise: `python -m tests.browser.looks`."""

import sys

import pytest

from tests.browser.looks.taking import ACCEPT, PICTURES
from tests.browser.serving import PROJECT


class Accepting:
    """Tells the tests to store what they see."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Set the mark."""
        config.stash[ACCEPT] = True


def main() -> int:
    """Run the tests of the looks so that they store them; give what pytest says."""
    ended = pytest.main([str(PROJECT / "tests" / "browser" / "test_looks.py"), "-q"], plugins=[Accepting()])
    sys.stderr.write(f"Look at what changed in {PICTURES.relative_to(PROJECT)} before you commit it.\n")
    return int(ended)


if __name__ == "__main__":
    raise SystemExit(main())

"""All attacks: importing this enters them into the list."""

from tests.attack import ground_changes, identity, settings_changed, two_truths, windows, withholding
from tests.attack.registry import ATTACKS

__all__ = ["ATTACKS", "ground_changes", "identity", "settings_changed", "two_truths", "windows", "withholding"]

"""Python loads this at its start where this folder is on its path: what is the same wherever and whenever the looks are taken.

The clock stands still, since pages say how old figures are, what is due and when something was written down. What waits does so
by another clock (`time.monotonic`), which goes on. The account has the same name, since pages say by whom something was done.
"""

from datetime import UTC, datetime

import time_machine

import data.account

time_machine.travel(datetime(2026, 11, 16, 10, 0, tzinfo=UTC), tick=False).start()
data.account.account_name = lambda: "analyst"

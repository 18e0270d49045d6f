"""From files to a snapshot: read, join, simplify, store, and account for every row."""

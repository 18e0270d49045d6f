"""Files in, checked tables and immutable snapshots out."""

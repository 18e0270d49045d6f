"""Papers of many pages about a whole partnership: for the steering group, the profile, scrutiny and bids."""

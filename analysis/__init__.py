"""Windows, expected counts and the overlap model: pure functions on frames and arrays."""

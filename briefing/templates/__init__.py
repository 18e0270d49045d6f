"""What papers are set in, and what makes it."""

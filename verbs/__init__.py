"""What the command line can do, one module a group of verbs; `cli.py` puts them together."""

"""Where data come from, besides files that a person names: services that are asked, databases, folders, archives.

Only verbs that a person runs reach for what lies outside this machine; no screen does (`pyproject.toml` holds them to it).
"""

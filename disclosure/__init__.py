"""Who may see what: the only door between exact values and anything shown."""

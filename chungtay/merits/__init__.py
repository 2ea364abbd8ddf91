"""Merits: what the rooms below know about parties, many at once, put before the law of awards."""

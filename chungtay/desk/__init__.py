"""The desks: what waits for me, search, notices, my seats."""

"""Conduct: what a party owed by a day, and whether it was done: loans, budgets, reports, guidance, commitments."""

"""Ledger: the province's funds: every đồng in and out, never changed, corrected by counter-entries."""

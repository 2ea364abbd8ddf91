"""Households: who is poor, by the standard of the day, and what became of them between two reviews."""

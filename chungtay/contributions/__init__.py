"""Contributions: who gave what to whom, what it was worth, who confirmed it, and which award it served."""

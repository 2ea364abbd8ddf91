"""Who registers for which content of the movement (W4)."""

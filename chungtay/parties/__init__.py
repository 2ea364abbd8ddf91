"""Whoever registers, gives or is honoured (W1): bodies, communities, households, people, here and abroad."""

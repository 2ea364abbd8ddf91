"""Quyết định khen thưởng: who is honoured, with what money or emblem, by which paper."""

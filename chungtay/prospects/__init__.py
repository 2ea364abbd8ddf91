"""Prospects: who may be proposed on a day, who is due, what another threshold would change, who needs help."""

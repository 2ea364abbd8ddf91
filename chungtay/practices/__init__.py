"""Practices: good models: recorded, checked, and taken up elsewhere."""

"""Targets: what the plan promised, beside what was measured, per province, district and commune."""

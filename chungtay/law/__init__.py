"""Law: dated legal values and rules with their clauses. Pure Python: it knows no framework, no database and no clock.

Every rule takes the day it is asked about. Silence of the law raises `refusals.NoRule`; a value that stands in for a
text that nobody has read carries `assumed`, a Vietnamese sentence that the pages show.
"""

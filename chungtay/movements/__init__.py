"""The movement: its plan as data, versions of the plan, and the yearly selection rounds."""

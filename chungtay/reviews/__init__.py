"""Reviews: who is poor this year, told by the people who live there, checked, recognised, and locked."""

"""The bottom room: what every record obeys. Who did what (journal), which class a field has (privacy), which version
a row is at (versions), that a form acts once (form keys), how names are folded for search, how long lists are paged."""

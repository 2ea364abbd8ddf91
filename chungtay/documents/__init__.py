"""Papers and files: official numbers, what was printed and signed, and the bytes people hand in."""

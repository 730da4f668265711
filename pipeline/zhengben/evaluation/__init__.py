"""Measures what the program gets right and wrong, on documents whose truth is known."""

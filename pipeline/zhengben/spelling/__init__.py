"""Slips of single characters: what a character may have been confused with, and whether it was."""

"""The recipe that makes the shipped model and its counts from the corpora (for whoever trains, never at run time)."""

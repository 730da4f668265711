"""The character language model: scoring, joint decoding, counts of sound text, and the recipe that makes them."""

"""The recipe that makes `pairs.json`, `contexts.bin` and `network.npz` from the corpora (for whoever trains).

Nothing of it is used at run time. The modules in reading order: `pairs` (which pairs of words), `collecting` (where
they stand in sound text), `contexts` (weights of the wider neighbourhood, pair by pair), `lesson` and `network` (one
network for all pairs), `odds` (how to read model, weights and network), `shares` (how documents divide between both
words), `confidence` (how far a probability is to be trusted).
"""

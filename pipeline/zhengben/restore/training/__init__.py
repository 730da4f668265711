"""The recipe that makes `pairs.json` and `contexts.bin` from the corpora (for whoever trains, never at run time).

The modules in reading order: `pairs` (which pairs of words), `collecting` (where they stand in sound text),
`contexts` (the wider neighbourhood), `odds` (how to read model and neighbourhood), `shares` (how documents divide
between both words), `confidence` (how far a probability is to be trusted).
"""

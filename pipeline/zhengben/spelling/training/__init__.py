"""The recipe for what the stages `spelling`, `gaps` and `normalize` know (for whoever trains, never at run time).

The modules in reading order: `look_alikes` and `confusing` (which characters are confused), `words` (lists of words),
`damaging` (slips put into sound text), `fitting` (how to weigh what points at a slip).

Made here: `confusion.npz`, `gap_words.txt`, `rare_words.txt`, `two_character_words.txt`, `spelling.json`.
Made by hand: `homophones.txt`, `dangling_words.txt`, and what stands in the code: the thresholds of `candidates` and
`judgement.LEAST_GAIN`, the rates of `confidence`, the odds of `homophones`, `guards`, and the thresholds of the stage
`gaps`.
"""

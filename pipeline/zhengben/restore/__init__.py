"""Restoring what substitution engines did: which engine hit the document, and what each site was.

The modules in reading order:

- `calibration`: what is known of a pair of words; `entries`: the engines' tables as a document meets them;
- `sites`: where a damaged form stands; `survivors`: originals that an engine left; `suspicion`: whether the document
  deserves a closer look;
- `hypothesis`: the text as believed so far; `neighbourhoods`, `hashing`, `context_features`, `network`: how the
  surroundings of a site are read; `wider` and `likelihood`: what they say;
- `trial`: what all sites of a form say together; `evidence`: what the document says of a pair; `shares`: how much of
  a table was in use; `stories`: which engines explain the document; `identification`: the verdict; `wording`: the same
  in plain Chinese;
- `decision`: which sites; `court`: all of it, pass by pass.
"""

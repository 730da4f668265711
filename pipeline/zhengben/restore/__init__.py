"""Restoring what substitution engines did: which engine hit the document, and what each site was.

The modules in reading order: `calibration` (what is known of a pair of words), `hypothesis` (the text
as believed so far), `sites` (where a damaged form stands), `likelihood` (what the neighbourhood says),
`evidence` (what the document says), `identification` (which engines), `decision` (which sites).
"""

"""PDF documents: text with its places, paragraphs rebuilt from lines, edits as annotations."""

"""Words that are missing: where a gap shows, and which words may have stood there."""

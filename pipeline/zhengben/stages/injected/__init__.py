"""What document-sharing sites put into documents, and how it is told from the document's own words."""

"""Tools for those who write rules: what examples, documents and the model say about them."""

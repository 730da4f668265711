"""What normalising repairs, one kind of damage a module.

Every module offers functions from a text to its edits, sorted and disjoint, in linear time.
"""

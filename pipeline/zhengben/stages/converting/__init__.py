"""What the conversion from traditional to simplified characters needs to know."""

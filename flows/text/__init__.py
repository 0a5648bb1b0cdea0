"""What every step needs to know of characters, scripts and paragraphs."""

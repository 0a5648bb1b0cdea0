"""From bytes to text, with the evidence for the reading that was chosen."""

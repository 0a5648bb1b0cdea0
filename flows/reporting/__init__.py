"""What a person sees of a run: counts, edits before and after, the report."""

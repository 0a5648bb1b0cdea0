"""Measurements, and the scripts that make the data files. Nothing here is shipped."""

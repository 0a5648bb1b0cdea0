"""The contract with downstream: what is published, and what each step may be told."""

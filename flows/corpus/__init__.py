"""Everything that touches storage: finding, reading, batching, staging, publishing, checking."""

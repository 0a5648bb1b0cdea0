"""The way of a document from bytes to a clean record. Importing this package imports nothing."""

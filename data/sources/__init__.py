"""One file a publisher: what it publishes (`Source`), how the official file is read, and what must hold of it."""

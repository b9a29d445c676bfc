"""The same answers at stable addresses, and how they travel: compressed, cached, under a strict content policy."""

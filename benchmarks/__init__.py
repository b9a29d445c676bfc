"""How fast and how small, measured and shown beside its limit: `python -m benchmarks` (make bench)."""

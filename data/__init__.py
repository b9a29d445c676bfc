"""What is known about the world: sources, schemas, dated parameters, the shipped tables, the build."""

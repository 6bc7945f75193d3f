"""Measuring scripts: how well kg reads, on benchmarks and gold articles that live outside the repository."""

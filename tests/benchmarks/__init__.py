"""Benchmarks of the whole program: a register of any size, and the time that its commands take on it."""

"""What must hold whatever goes wrong. Run with few and fixed cases by the tests, in full by `tests.benchmarks faults`."""

"""The parts that rooms are made of."""

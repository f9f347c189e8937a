"""A register of commitments: who promised what, to whom, by when, and where it stands."""

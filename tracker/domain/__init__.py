"""What is true of a commitment, whatever stores or shows it."""

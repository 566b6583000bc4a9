"""What is reported of a run, one accumulating rule each."""

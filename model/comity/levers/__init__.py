"""What an organization may choose, one file each."""

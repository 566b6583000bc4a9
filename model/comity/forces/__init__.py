"""What happens whatever the organization chooses, one file each."""

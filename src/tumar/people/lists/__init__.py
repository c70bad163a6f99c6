"""What pages of this room show, as data."""

"""What belongs to no other room: home, search, signing in, leaving, users, the log, errors."""

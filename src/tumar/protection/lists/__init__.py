"""The lists of the room, as data."""

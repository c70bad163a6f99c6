"""What the world is called: organisations, places, code lists, dates."""

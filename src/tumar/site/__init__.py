"""Where the rooms are put together: settings, URLs, home, search, command line, demonstration."""

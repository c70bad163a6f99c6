"""Keys and sealing: fields, files, search tokens; knows no domain."""

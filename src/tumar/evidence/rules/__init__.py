"""Pure: the published layouts, the check of every cell, and what is counted how."""

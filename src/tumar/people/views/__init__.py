"""Pages about persons. A view finds, asks and shows; the commands do."""

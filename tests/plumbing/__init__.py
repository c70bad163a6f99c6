"""What stands under the tests: settings, databases, keys and a browser."""

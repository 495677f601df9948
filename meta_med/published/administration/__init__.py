"""What an administrator does with the store: copies of it, roles, and removing old releases."""

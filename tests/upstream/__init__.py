"""Facts about other people's libraries that this product leans on."""

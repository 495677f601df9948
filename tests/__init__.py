"""Claims about the product, one directory a package."""

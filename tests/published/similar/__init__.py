"""Similar patients of a release: who is compared, and how far apart two patients are."""

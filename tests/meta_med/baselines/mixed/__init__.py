"""What each baseline promises."""

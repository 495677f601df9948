"""What each file of the science promises."""

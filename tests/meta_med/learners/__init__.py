"""What each piece of a learner promises."""

"""The bench of scale: the real commands on simulated deliveries of ten thousand to a million patients."""

"""Files for an installation in containers, under systemd or on Kubernetes, and the command's way to write them."""

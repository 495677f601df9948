"""The laws, each tried on many drawn inputs."""

"""The run folder: its name, markers, copies of inputs, and the results of stages."""

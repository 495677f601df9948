"""Why a prediction is as it is: each patient predicted again with one thing changed, by the champion that serves."""

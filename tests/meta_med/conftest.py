"""One thread: on a small machine two OpenMP threads a process collapse, and fits are the same without them."""

import torch

torch.set_num_threads(1)

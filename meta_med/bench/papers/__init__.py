"""The papers' own problems: sinusoid regression and few-shot glyphs, the papers' figures beside ours."""

from meta_med.bench.papers.reproduce import run

__all__ = ["run"]

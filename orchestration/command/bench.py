"""`meta-med bench`: measure speed and errors as the documentation reports them."""

import typer


def bench(context: typer.Context) -> None:
    """Run the benchmarks; further arguments are the benchmark's own (try: meta-med bench -- --help)."""
    from importlib.util import find_spec

    from orchestration.errors import StudyError
    from orchestration.quiet import limit_threads

    if find_spec("meta_med.bench") is None:
        raise StudyError("This installation has no benchmarks (meta_med.bench).")
    from meta_med import bench as benchmarks

    limit_threads()
    raise typer.Exit(benchmarks.main(context.args) or 0)

"""`meta-med bench`: measure speed as the documentation reports it."""

import typer


def bench(context: typer.Context) -> None:
    """Run the benchmarks; further arguments are the benchmark's own (try: meta-med bench -- --help)."""
    from meta_med import bench as benchmarks

    raise typer.Exit(benchmarks.main(context.args))

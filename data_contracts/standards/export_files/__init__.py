"""What all standards share: streams of files, times, people, visits, reasons."""

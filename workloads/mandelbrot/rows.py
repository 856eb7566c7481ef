#!/usr/bin/env python3
"""Prints the rows of the mandelbrot workload for the pictures that it ships: the oracle.

Python's floats are IEEE doubles and are never fused, so counts are exact.
Usage: python3 rows.py > rows.inc
"""

LEFT, TOP, WIDE = -2.0, 1.0, 2.75  # pixels are squares
SHIPPED = [(8, 6, 20), (64, 48, 100), (256, 192, 500), (384, 288, 500)]  # width, height, limit


def iterations(cr, ci, limit):
    """How many times z = z * z + c was taken until |z| > 2 was seen, or limit."""
    zr = zi = 0.0
    for count in range(limit):
        if zr * zr + zi * zi > 4.0:
            return count
        zr, zi = (zr * zr - zi * zi) + cr, 2.0 * (zr * zi) + ci
    return limit


def main():
    print("// width, height, limit, row, iterations, weighted: what rows.py prints")
    for width, height, limit in SHIPPED:
        for row in range(height):
            ci = TOP - WIDE * row / width
            counts = [iterations(LEFT + WIDE * column / width, ci, limit) for column in range(width)]
            weighted = sum((column + 1) * count for column, count in enumerate(counts))
            print(f"{{{width}, {height}, {limit}, {row}, {sum(counts)}, {weighted}}},")


if __name__ == "__main__":
    main()

"""Runs the Python form of a workload for the backend `cpython`, which starts this and talks to it over a socket:
python3 runoff_driver.py DESCRIPTOR

Workers that are spawned read this file too, as they do with the main file of any program: so it holds next to nothing.
"""

if __name__ == "__main__":
    import sys

    import runoff_serve

    runoff_serve.main(int(sys.argv[1]))

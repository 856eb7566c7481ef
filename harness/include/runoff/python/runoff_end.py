"""Ends a program of ours that has run a reader's file, also where that file keeps it from ending."""

import os
import sys
import threading
import time

PATIENCE = 1  # s; so long a thread that never ends keeps each sample


def line_in(frame, file):
    """`, line 3`: where in the file this is, or was called from; empty where it is elsewhere."""
    while frame and frame.f_code.co_filename != file:
        frame = frame.f_back
    return f", line {frame.f_lineno}" if frame else ""


def what_lasts(file):
    """Python first waits for threads, then calls what was registered with `atexit`, in the main thread."""
    frames = sys._current_frames()
    main = threading.main_thread()
    in_main = line_in(frames.get(main.ident), file)
    threads = [] if in_main else [f"the thread '{one.name}'{line_in(frames.get(one.ident), file)}"
                                  for one in threading.enumerate() if one is not main and not one.daemon]
    more = f" and {len(threads) - 1} more" if len(threads) > 1 else ""
    return threads[0] + more if threads else "what is called at its end" + in_main


def end_within_patience(file):
    """From now on this process has so long to end by itself. Then it says on standard error what keeps it, and ends."""
    def watch():
        time.sleep(PATIENCE)
        print(f"{os.path.basename(file)} keeps python3 from ending for more than {PATIENCE} s after its tasks, by "
              f"{what_lasts(file)}; it is ended", file=sys.stderr, flush=True)
        os._exit(0)
    threading.Thread(target=watch, daemon=True).start()

#!/usr/bin/env python3
"""Score the mention recogniser on the labelled texts; see README.md beside this file.

usage: run.py BINARY [--show] [--score PATH] [SET…]     sets: shared dev held-out seeds

The scorer and the third-party texts live outside the repository, by default in `../shared`
beside it: `gold/score.py`, `gold/*.txt`, `seeds/*.txt`. What is not there is named and skipped.
Exits 0 whatever the scores are.
"""
import pathlib, shutil, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
SETS = ("shared", "dev", "held-out", "seeds")


def fill(name, folder, shared):
    """Put the texts and labels of a set into `folder`; what is missing, or None."""
    if name == "shared":
        for f in [*(shared / "gold").glob("*.txt"), *(shared / "gold").glob("*.gold.json")]:
            shutil.copy(f, folder)
    elif name == "seeds":
        for gold in (HERE / "seeds").glob("*.gold.json"):
            text = shared / "seeds" / (gold.name.removesuffix(".gold.json") + ".txt")
            if not text.exists():
                return f"{text} is missing"
            shutil.copy(gold, folder)
            shutil.copy(text, folder)
    else:
        held_out = name == "held-out"
        numbers = [f.stem for f in sorted((HERE / "own").glob("*.marked")) if (f.stem > "50") == held_out]
        if numbers:
            subprocess.run([sys.executable, HERE / "own" / "make.py", folder, *numbers], check=True)
    return None if any(folder.glob("*.gold.json")) else "no texts"


def main(arguments):
    show = "--show" in arguments
    arguments = [a for a in arguments if a != "--show"]
    score = HERE.parents[2] / "shared" / "gold" / "score.py"
    if "--score" in arguments:
        i = arguments.index("--score")
        score = pathlib.Path(arguments[i + 1]).resolve()
        del arguments[i:i + 2]
    if not arguments or not set(arguments[1:]) <= set(SETS):
        print(__doc__)
        return
    if not score.exists():
        print(f"no scorer at {score}: nothing is scored")
        return
    for name in arguments[1:] or SETS:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            print(f"== {name}", flush=True)
            missing = fill(name, folder, score.parents[1])
            if missing:
                print(f"skipped: {missing}")
                continue
            command = [sys.executable, score, str(pathlib.Path(arguments[0]).resolve()), "--dir", str(folder)]
            subprocess.run(command + ["--show"] * show)


if __name__ == "__main__":
    main(sys.argv[1:])

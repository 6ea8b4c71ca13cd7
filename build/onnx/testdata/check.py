"""Asks ONNX Runtime the models that were written into a folder, and compares with our own answers.

    go test ./build/onnx -run Writ -written DIR && python build/onnx/testdata/check.py DIR

Exit code 1 where an answer differs by more than 1e-4.
"""
import glob, json, os, sys
import numpy as np
import onnx
import onnxruntime

missed = 0
files = sorted(glob.glob(os.path.join(sys.argv[1], "*.onnx")))
for path in files:
    onnx.checker.check_model(onnx.load(path), full_check=True)
    with open(path[:-5] + ".json") as f:
        asked = json.load(f)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    feed = {i.name: np.array(asked["inputs"][i.name], np.int64 if "int64" in i.type else np.float32) for i in session.get_inputs()}
    answers = session.run(None, feed)[0].reshape(-1)
    worst = float(np.abs(answers - np.array(asked["answers"], np.float32)).max())
    print("%s: %d rows, off by %.2g at most" % (os.path.basename(path), len(answers), worst))
    missed += not worst <= 1e-4
if not files:
    sys.exit("no models in " + sys.argv[1])
sys.exit(1 if missed else 0)

"""Prints what a model in ONNX answers, as a list of JSON: ask.py MODEL.onnx INPUTS.json."""
import json
import sys

import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
with open(sys.argv[2], encoding="utf-8") as f:
    inputs = json.load(f)
feed = {}
for i in session.get_inputs():
    values = np.array(inputs[i.name], np.int64 if "int64" in i.type else np.float32)
    feed[i.name] = values if len(i.shape) > 1 else values.reshape(-1)
print(json.dumps(session.run(None, feed)[0].reshape(-1).tolist()))

"""A model of Keras as ONNX, beside what `build ranker` needs to put it into a bundle."""
import json
import os
import shutil

import numpy as np
import onnxruntime

PLAIN_ROWS = 8  # matrices of so many rows ship as they are; see wasm/bundle/encode_graph.go


def rounded(model):
    """Gives the weights of a model the values that a bundle keeps of them: each row of a matrix is int8 times a
    scale of 8 significant bits. What is exported then answers in a browser as it does here."""
    for v in model.trainable_variables:
        w = v.numpy()
        if w.ndim != 2 or len(w) <= PLAIN_ROWS:
            continue
        before = None
        while before is None or not np.array_equal(before, w):  # a row's largest may have become 126 steps
            before, w = w, int8(w)
        v.assign(w)


def int8(w):
    top = np.abs(w).max(axis=1, keepdims=True) / np.float32(127)
    low = np.uint32((1 << 16) - 1)
    scale = ((top.view(np.uint32) + low) & ~low).view(np.float32)  # rounded up
    steps = np.divide(w, scale, out=np.zeros_like(w), where=scale > 0)
    return np.sign(steps) * np.floor(np.abs(steps) + np.float32(0.5)) * scale


def onnx_of(model, path):
    """Writes a model as ONNX and returns what asks it, in ONNX Runtime."""
    model.export(path, format="onnx", verbose=False)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [i.name for i in session.get_inputs()]
    return lambda inputs: session.run(None, {n: inputs[n] for n in names})[0].reshape(len(inputs[names[0]]), -1)


def write(model, schema, title, source, folder, inputs, rows=200):
    """Writes NAME.onnx, NAME.json for `build ranker --bind`, and NAME.check.json: what Keras and ONNX Runtime answer on
    the first rows of inputs. Returns by how much the two differ, at most."""
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, model.name)
    few = {n: v[:rows] for n, v in inputs.items()}
    keras = model.predict(few, batch_size=rows, verbose=0)[:, 0]  # which export asks for, too
    ask = onnx_of(model, path + ".onnx")
    answers = ask(few)[:, 0]
    names = [i.name for i in onnxruntime.InferenceSession(path + ".onnx").get_inputs()]
    bind = schema.bind(names)
    with open(path + ".json", "w", encoding="utf-8") as f:
        json.dump({"name": title, "source": source, "inputs": bind}, f, indent=2)
    for x in bind.values():
        if isinstance(x, dict) and "ids" in x:
            shutil.copy(os.path.join(schema.folder, x["ids"]), folder)
    with open(path + ".check.json", "w", encoding="utf-8") as f:
        json.dump({"inputs": {n: few[n].tolist() for n in names}, "keras": keras.tolist(), "onnxruntime": answers.tolist()}, f)
    return float(np.abs(keras - answers).max())

"""Writes the models of this folder and what ONNX Runtime answers, for TestParity.

    make import-test

Each library that is installed exports a model: PyTorch, scikit-learn (skl2onnx), Keras (tf2onnx).
"""
import json, os, sys
import numpy as np
import onnx
import onnxruntime

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(1)
ITEMS = ["i%d" % i for i in range(12)]  # the rows of the models' tables
ROWS = 16


def save(name, path, numbers, ids, output, probability):
    """numbers and ids are the inputs by name; ids are rows of the table."""
    model = onnx.load(path)
    onnx.checker.check_model(model)
    names = [i.name for i in model.graph.input]
    feed = {n: (numbers[n] if n in numbers else ids[n]) for n in names}
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    answer = session.run([output], feed)[0]
    if isinstance(answer, list):  # of ZipMap
        answer = np.array([[d[k] for k in sorted(d)] for d in answer])
    answer = np.asarray(answer, dtype=np.float64).reshape(ROWS, -1)[:, -1]
    with open(os.path.join(here, name + ".json"), "w") as f:
        json.dump({
            "output": output,
            "probability": probability,
            "numbers": {n: np.asarray(v, dtype=np.float64).reshape(ROWS, -1).round(7).tolist() for n, v in numbers.items()},
            "ids": {n: [[ITEMS[i] for i in row] for row in np.asarray(v).reshape(ROWS, -1)] for n, v in ids.items()},
            "answers": [float("%.9g" % a) for a in answer],
        }, f, separators=(",", ":"))
    print(name, os.path.getsize(path), "bytes, nodes:", sorted({n.op_type for n in model.graph.node}))


def sklearn_models():
    from skl2onnx import to_onnx
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    x = (rng.normal(size=(400, 5)) * [1, 10, 0.1, 3, 1] + [0, 50, 0, -2, 1]).astype(np.float32)
    y = (x[:, 0] + x[:, 1] / 10 - 5 + x[:, 3] > 0).astype(int)
    for name, model, output, probability in [
        ("sklearn-logistic", make_pipeline(StandardScaler(), LogisticRegression()), "probabilities", True),
        ("sklearn-mlp", make_pipeline(StandardScaler(), MLPClassifier((8, 6), max_iter=300, random_state=1)), "probabilities", True),
        ("sklearn-linear", make_pipeline(StandardScaler(), LinearRegression()), "variable", False),
    ]:
        model.fit(x, y if probability else x[:, 0] * 2 + x[:, 2])
        path = os.path.join(here, name + ".onnx")
        options = {"zipmap": False} if probability else None
        onnx.save(to_onnx(model, x[:1], target_opset=17, options=options), path)
        save(name, path, {"X": x[:ROWS]}, {}, output, probability)


def torch_model():
    import torch
    from torch import nn
    torch.manual_seed(1)

    class Ranker(nn.Module):
        def __init__(self):
            super().__init__()
            self.table = nn.Embedding(len(ITEMS), 4)
            self.deep = nn.Sequential(nn.Linear(13, 16), nn.BatchNorm1d(16), nn.PReLU(), nn.Dropout(0.2), nn.Linear(16, 8), nn.LayerNorm(8), nn.ReLU())
            self.last = nn.Linear(8, 1)

        def forward(self, x, item, liked):
            e, h = self.table(item), self.table(liked)
            both = torch.cat([x, e, h.mean(1)], 1)
            near = (e * h.sum(1)).sum(1, keepdim=True)
            return torch.sigmoid(self.last(self.deep(both)) + 0.1 * near).squeeze(1)

    model = Ranker()
    x = torch.tensor(rng.normal(size=(ROWS, 5)).tolist())
    item, liked = torch.tensor(rng.integers(0, 12, ROWS).tolist()), torch.tensor(rng.integers(0, 12, (ROWS, 3)).tolist())
    model(x, item, liked)  # moves the means of the batch norm
    model.eval()
    path = os.path.join(here, "torch.onnx")
    names = ["x", "item", "liked"]
    torch.onnx.export(model, (x, item, liked), path, input_names=names, output_names=["p"], opset_version=17,
                      dynamic_axes={n: {0: "batch"} for n in names + ["p"]}, **({"dynamo": False} if "dynamo" in torch.onnx.export.__code__.co_varnames else {}))
    save("torch", path, {"x": np.array(x.tolist(), np.float32)}, {"item": np.array(item.tolist()), "liked": np.array(liked.tolist())}, "p", True)


def keras_model():
    import tensorflow as tf
    import tf2onnx
    tf.random.set_seed(1)
    x, item = tf.keras.Input((5,), name="x"), tf.keras.Input((1,), name="item", dtype="int64")
    e = tf.keras.layers.Flatten()(tf.keras.layers.Embedding(len(ITEMS), 4)(item))
    h = tf.keras.layers.Dense(8, activation="tanh")(tf.keras.layers.Concatenate()([x, e]))
    model = tf.keras.Model([x, item], tf.keras.layers.Dense(1, activation="sigmoid")(h))
    path = os.path.join(here, "keras.onnx")
    proto, _ = tf2onnx.convert.from_keras(model, opset=17, output_path=path)
    save("keras", path, {"x": rng.normal(size=(ROWS, 5)).astype(np.float32)}, {"item": rng.integers(0, 12, (ROWS, 1))}, proto.graph.output[0].name, True)


SLOTS, WIDTH = 5, 4


def tower(name, path, feed_of, bind):
    """A user's tower: feed_of makes its inputs of histories, rows of items or -1, newest first."""
    onnx.checker.check_model(onnx.load(path))
    vectors = rng.normal(size=(len(ITEMS), WIDTH)).astype(np.float32)
    histories = np.full((ROWS, SLOTS), -1)
    for r in range(ROWS):
        n = 1 + r % SLOTS
        histories[r, :n] = rng.integers(0, len(ITEMS), n)
    there = (histories >= 0).astype(np.float32)
    sequence = vectors[np.maximum(histories, 0)] * there[:, :, None]
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    answers = session.run(None, feed_of(histories, there, sequence))[0].reshape(ROWS, WIDTH)
    with open(path[:-5] + ".json", "w") as f:
        json.dump({"bind": bind, "vectors": vectors.tolist(), "histories": histories.tolist(), "answers": answers.astype(float).round(7).tolist()}, f, separators=(",", ":"))
    print(name, os.path.getsize(path), "bytes, nodes:", sorted({n.op_type for n in onnx.load(path).graph.node}))


def mean_of(there, sequence):
    return (sequence.sum(1) / there.sum(1, keepdims=True)).astype(np.float32)


def torch_tower():
    import torch
    from torch import nn
    import torch.nn.functional as F
    torch.manual_seed(2)
    pad = len(ITEMS)

    class User(nn.Module):
        def __init__(self):
            super().__init__()
            self.table = nn.Embedding(pad + 1, 6, padding_idx=pad)
            self.layers = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, WIDTH))

        def forward(self, history):
            mask = (history != pad).float().unsqueeze(-1)
            mean = (self.table(history) * mask).sum(1) / mask.sum(1).clamp(min=1)
            return F.normalize(self.layers(mean), dim=1)

    model, path = User().eval(), os.path.join(here, "towers", "torch.onnx")
    torch.onnx.export(model, (torch.zeros((2, SLOTS), dtype=torch.long),), path, input_names=["history"], output_names=["user"], opset_version=17,
                      dynamic_axes={"history": {0: "batch"}, "user": {0: "batch"}}, **({"dynamo": False} if "dynamo" in torch.onnx.export.__code__.co_varnames else {}))
    tower("tower of PyTorch", path, lambda h, there, sequence: {"history": np.where(h < 0, pad, h)},
          {"name": "Two towers", "inputs": {"history": {"feature": "userHistory", "ids": "items.txt", "slots": SLOTS}}})


def sklearn_tower():
    from skl2onnx import to_onnx
    from sklearn.neural_network import MLPRegressor
    x = rng.normal(size=(300, WIDTH)).astype(np.float32)
    model = MLPRegressor(hidden_layer_sizes=(8,), max_iter=500, random_state=1).fit(x, np.tanh(x[:, ::-1]))
    path = os.path.join(here, "towers", "sklearn.onnx")
    onnx.save(to_onnx(model, x[:1], target_opset=17), path)
    tower("tower of scikit-learn", path, lambda h, there, sequence: {"X": mean_of(there, sequence)},
          # skl2onnx puts the four answers of an example below each other at the end: what is before that is bound
          {"name": "Two towers", "output": "add_result1", "inputs": {"X": {"vectors": "mean", "slots": SLOTS}}})


def keras_tower():
    import tensorflow as tf
    import tf2onnx
    tf.random.set_seed(2)
    x = tf.keras.Input((SLOTS, WIDTH), name="x")
    h = tf.keras.layers.Flatten()(tf.keras.layers.Dense(3, activation="relu")(x))
    model = tf.keras.Model([x], tf.keras.layers.Dense(WIDTH, activation="tanh")(h))
    path = os.path.join(here, "towers", "keras.onnx")
    tf2onnx.convert.from_keras(model, opset=17, output_path=path)
    tower("tower of Keras", path, lambda h, there, sequence: {"x": sequence.astype(np.float32)},
          {"name": "Two towers", "inputs": {"x": {"vectors": "sequence", "slots": SLOTS}}})


os.makedirs(os.path.join(here, "towers"), exist_ok=True)
for make in [sklearn_models, torch_model, keras_model, sklearn_tower, torch_tower, keras_tower]:
    try:
        make()
    except ImportError as e:
        print("left out:", e, file=sys.stderr)

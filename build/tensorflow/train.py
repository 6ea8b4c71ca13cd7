"""Trains a model on rows of opinions, judges it and exports it: what each model of this folder calls."""
import argparse
import dataclasses
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np

import export
import rows


@dataclasses.dataclass
class Options:
    """The sizes of a model: those of build/compare for fewer than 300,000 rows."""

    width: int = 8
    hidden: tuple = (64, 32)
    dropout: float = 0.4


def auc(scores, labels):
    """The share of pairs of a liked and another row that are in order; ties count half."""
    values, at, counts = np.unique(scores, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[at]
    liked = labels > 0
    n, m = liked.sum(), (~liked).sum()
    return float((rank[liked].sum() - n * (n + 1) / 2) / (n * m))


def main(title, source, build, also=None):
    """Runs the command line. also is called with the model, the schema, the parts and the folder in the end."""
    p = argparse.ArgumentParser(description=title)
    p.add_argument("--rows", required=True, help="folder that build export --tfrecord or --parquet wrote")
    p.add_argument("--out", required=True, help="folder for the model in ONNX")
    p.add_argument("--epochs", type=int, default=8, help="at most; training ends when valid gets no better twice")
    p.add_argument("--batch", type=int, default=256)
    p.add_argument("--seed", type=int, default=1)
    args = p.parse_args()

    keras.utils.set_random_seed(args.seed)
    schema = rows.Schema(args.rows)
    parts = {part: rows.read(schema, part) for part in ["fit", "valid", "test"]}
    model = build(schema, Options())
    names = [i.name for i in model.inputs]
    inputs = {part: {n: x[n] for n in names} for part, (x, _) in parts.items()}
    model.compile(
        optimizer=keras.optimizers.AdamW(1e-3, weight_decay=1e-5),
        loss=keras.losses.BinaryCrossentropy(from_logits=True),
        jit_compile=False,
    )
    stop = keras.callbacks.EarlyStopping("val_loss", patience=2, restore_best_weights=True)
    valid = (inputs["valid"], parts["valid"][1])
    history = model.fit(inputs["fit"], parts["fit"][1], validation_data=valid, epochs=args.epochs, batch_size=args.batch, callbacks=[stop], verbose=2)

    labels = parts["test"][1]
    exact = auc(model.predict(inputs["test"], batch_size=4096, verbose=0)[:, 0], labels)
    export.rounded(model)
    ships = auc(model.predict(inputs["test"], batch_size=4096, verbose=0)[:, 0], labels)
    off = export.write(model, schema, title, source, args.out, inputs["test"])
    if also:
        also(model, schema, inputs, args.out)
    best = int(np.argmin(history.history["val_loss"])) + 1
    print(f"{title}: AUC {exact:.4f} on {len(labels)} test rows, {ships:.4f} in 8 bits, after {best} epochs; ONNX Runtime is off by {off:.1e}")

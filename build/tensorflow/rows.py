"""Rows of opinions, as `build export --tfrecord` or `--parquet` writes them.

A folder has three parts: fit, valid and test. Each is newer than the one before it, so that
a model is stopped and judged by opinions that came after those that it learned from.
"""
import json
import os

import numpy as np

NUMBERS = "numbers"  # the input of all columns that are numbers, side by side


class Schema:
    """Which columns there are: numbers, and ids with so many slots and below a size."""

    def __init__(self, folder):
        with open(os.path.join(folder, "schema.json"), encoding="utf-8") as f:
            schema = json.load(f)
        if schema["version"] != 1:
            raise SystemExit(f"{folder}: rows of version {schema['version']}; this program reads version 1")
        self.folder = folder
        self.rows = schema["rows"]
        self.numbers = [c for c in schema["columns"] if c["type"] == "float" and "bind" in c]
        self.ids = {input_name(c["name"]): c for c in schema["columns"] if c["type"] == "ids"}

    def slots(self, name):
        return self.ids[name]["slots"]

    def size(self, name):
        return self.ids[name]["size"]

    def buckets(self):
        """The names of numbers that are cut into ten."""
        return [name for name, c in self.ids.items() if "edges" in c["bind"]]

    def bind(self, names):
        """What binds inputs of these names to features, for `build ranker --bind`."""
        return {n: [c["bind"] for c in self.numbers] if n == NUMBERS else self.ids[n]["bind"] for n in names}


def input_name(column):
    """TensorFlow takes no * in the name of an input."""
    return column.replace("*", "_x_")


def read(schema, part):
    """Returns inputs and labels of a part: numbers [rows × F], ids [rows × slots], -1 for none."""
    path = os.path.join(schema.folder, part)
    if os.path.exists(path + ".tfrecord"):
        columns = tfrecord(schema, path + ".tfrecord")
    elif os.path.exists(path + ".parquet"):
        columns = parquet(schema, path + ".parquet")
    else:
        raise SystemExit(f"{path}: neither .tfrecord nor .parquet; build export writes them")
    inputs = {NUMBERS: np.stack([columns[c["name"]] for c in schema.numbers], axis=1)}
    for name, c in schema.ids.items():
        inputs[name] = columns[c["name"]]
    if len(columns["label"]) != schema.rows[part]:
        raise SystemExit(f"{path}: {len(columns['label'])} rows, and schema.json says {schema.rows[part]}")
    return inputs, columns["label"]


def tfrecord(schema, path):
    import tensorflow as tf

    features = {c["name"]: tf.io.FixedLenFeature([], tf.float32) for c in schema.numbers}
    features["label"] = tf.io.FixedLenFeature([], tf.float32)
    for c in schema.ids.values():
        features[c["name"]] = tf.io.VarLenFeature(tf.int64)
    parts = {name: [] for name in features}
    for batch in tf.data.TFRecordDataset(path).batch(4096):
        for name, value in tf.io.parse_example(batch, features).items():
            if isinstance(value, tf.SparseTensor):
                slots = schema.ids[input_name(name)]["slots"]
                value = tf.sparse.to_dense(tf.sparse.reset_shape(value, [len(batch), slots]), default_value=-1)
            parts[name].append(value.numpy())
    return {name: np.concatenate(list_) for name, list_ in parts.items()}


def parquet(schema, path):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path)
    columns = {c["name"]: table[c["name"]].to_numpy() for c in schema.numbers}
    columns["label"] = table["label"].to_numpy()
    for c in schema.ids.values():
        lists = table[c["name"]].combine_chunks()
        lengths = np.diff(lists.offsets.to_numpy())
        row = np.repeat(np.arange(len(lengths)), lengths)
        slot = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        ids = np.full((len(lengths), c["slots"]), -1, np.int64)
        ids[row, slot] = lists.flatten().to_numpy()
        columns[c["name"]] = ids
    return columns

"""Two towers: a vector of the user, one of the item, and their product.

    logit = ⟨user(history), item(candidate)⟩

Neither tower sees what the other one does, so that the items' vectors can be made before anybody comes: they
are written into OUT/two_towers for retrieval, by `build import --vectors --user-tower`. Source: Yi et al., RecSys 2019; Covington
et al., RecSys 2016, whose user is the mean of what they watched. Beside it: build/tower.
"""
import json
import os
import shutil

import keras
import numpy as np
from keras import layers, ops

from export import onnx_of
from fields import Fields
from train import main

WIDTH = 32  # of the vectors that are multiplied


def build(schema, options):
    f = Fields(schema, options.width)
    user = f.mean("userHistory", f.table("userHistory", "watched"))
    user = layers.Dense(64, activation="relu", name="user1")(user)
    user = layers.Dense(WIDTH, name="user2")(user)
    item = ops.concatenate([f.mean("movieId", f.items), f.mean("movieGenres", f.genres)], axis=-1)
    item = layers.Dense(64, activation="relu", name="item1")(item)
    item = layers.Dense(WIDTH, name="item2")(item)
    model = f.model(ops.sum(user * item, axis=-1, keepdims=True), "two_towers")
    model.user = keras.Model({"userHistory": f.inputs["userHistory"]}, user)
    model.item = keras.Model({n: f.inputs[n] for n in ["movieId", "movieGenres"]}, item)
    return model


def towers(model, schema, parts, out):
    """Writes items.npy, ids.txt, user.onnx and user.json, of the items that have rows."""
    folder = os.path.join(out, "two_towers")
    os.makedirs(folder, exist_ok=True)
    ids = np.concatenate([x["movieId"][:, 0] for x in parts.values()])
    known, first = np.unique(ids, return_index=True)
    known, first = known[known >= 0], first[known >= 0]
    genres = np.concatenate([x["movieGenres"] for x in parts.values()])[first]
    vectors = model.item.predict({"movieId": known[:, None], "movieGenres": genres}, batch_size=4096, verbose=0)
    np.save(os.path.join(folder, "items.npy"), vectors.astype(np.float32))
    bind = schema.bind(["userHistory"])
    items = bind["userHistory"]["ids"]
    shutil.copy(os.path.join(schema.folder, items), folder)
    with open(os.path.join(schema.folder, items), encoding="utf-8") as f:
        lines = f.read().splitlines()
    with open(os.path.join(folder, "ids.txt"), "w", encoding="utf-8") as f:
        f.writelines(lines[k] + "\n" for k in known)
    model.user.predict({"userHistory": parts["test"]["userHistory"][:2]}, verbose=0)
    onnx_of(model.user, os.path.join(folder, "user.onnx"))
    with open(os.path.join(folder, "user.json"), "w", encoding="utf-8") as f:
        json.dump({"name": "Two towers in Keras", "inputs": bind}, f)


if __name__ == "__main__":
    main("Two towers in Keras", "Yi et al., RecSys 2019", build, towers)

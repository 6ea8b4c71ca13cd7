"""DIEN: how a taste evolved, and which part of it matters to the candidate.

    h = GRU(e),  a_t = softmax_t(h_t·W·c),  user = AUGRU(h, a)
    loss = BCE + α·auxiliary,  auxiliary = -mean_t [ln σ(⟨h_t, e_t+1⟩) + ln(1 - σ(⟨h_t, ê_t+1⟩))]

with ê an item drawn at random; AUGRU is a GRU whose update gate is times a. Source: Zhou et al., AAAI 2019, equations
6 to 16. Beside it: build/pointwise/dien.go.

Keras' own GRU becomes a loop of ONNX, which is no operation of a bundle's graph, and ONNX has no AUGRU. So the steps
are written out, and a graph of 1024 operations has room for the newest 20.
"""
import keras
from keras import layers, ops

from fields import Fields, deep
from train import main

NEWEST = 20
ALPHA = 0.5


class GRU(layers.Layer):
    """A gated recurrent unit over [batch × steps × C], newest first, begun at the oldest, from zeros. Returns
    the states by step, [batch × H] each. A step that does not exist leaves the state as it is."""

    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width

    def build(self, shape):
        def gates(name, start, *dims):
            return [self.add_weight(shape=dims, initializer=start, name=f"{name}_{g}") for g in ["update", "reset", "candidate"]]

        self.w = gates("input", "glorot_uniform", shape[-1], self.width)
        self.u = gates("state", "glorot_uniform", self.width, self.width)
        self.b = gates("bias", "zeros", self.width)

    def call(self, x, there, attention=None):
        from_x = [ops.matmul(x, w) + b for w, b in zip(self.w, self.b)]
        share = there if attention is None else there * attention  # of the update
        states, h = [], None
        for s in reversed(range(x.shape[1])):
            u, r, c = [g[:, s] for g in from_x]
            if h is None:
                h = ops.sigmoid(u) * share[:, s] * ops.tanh(c)
            else:
                u = ops.sigmoid(u + ops.matmul(h, self.u[0])) * share[:, s]
                r = ops.sigmoid(r + ops.matmul(h, self.u[1]))
                h = h + u * (ops.tanh(c + r * ops.matmul(h, self.u[2])) - h)
            states.insert(0, h)
        return states


class Auxiliary(layers.Layer):
    """Adds the auxiliary loss while the model is trained, and returns the states as they are."""

    def __init__(self, items, size, **kwargs):
        super().__init__(**kwargs)
        self.items, self.size, self.seed = items, size, keras.random.SeedGenerator(1)

    def call(self, states, history, training=False):
        if training:
            before, next_ = states[:, 1:], history[:, : states.shape[1] - 1]  # what came after step t is one step newer
            exists = ops.cast(history[:, 1 : states.shape[1]] >= 0, "float32")
            other = keras.random.randint(ops.shape(next_), 0, self.size, dtype="int64", seed=self.seed)
            right = ops.sum(before * self.items(next_), axis=-1)
            wrong = ops.sum(before * self.items(other), axis=-1)
            loss = (ops.softplus(-right) + ops.softplus(wrong)) * exists
            self.add_loss(ALPHA * ops.mean(ops.sum(loss, axis=1) / ops.maximum(ops.sum(exists, axis=1), 1)))
        return states


def softmax(scores, there):
    """Softmax over the steps that exist, [batch × steps × 1]; what it says of others is of no matter."""
    steps = scores.shape[1]
    return ops.reshape(ops.softmax(ops.reshape(scores + (there - 1) * 1e9, (-1, steps)), axis=-1), (-1, steps, 1))


def build(schema, options):
    f = Fields(schema, options.width)
    e, there = f.events(NEWEST)
    item = f.mean("movieId", f.items)
    h = ops.stack(GRU(options.width, name="interest")(e, there), axis=1)
    h = Auxiliary(f.items, schema.size("movieId"))(h, f.input("userHistory"))
    c = ops.expand_dims(layers.Dense(options.width, name="attention")(item), 1)
    attention = softmax(ops.sum(h * c, axis=-1, keepdims=True), there)
    user = GRU(options.width, name="evolution")(h, there, attention)[0]
    x = ops.concatenate([f.numbers()] + f.all() + [user, user * item], axis=-1)
    return f.model(deep(x, options, "prelu"), "dien")


if __name__ == "__main__":
    main("DIEN in Keras", "Zhou et al., AAAI 2019", build)

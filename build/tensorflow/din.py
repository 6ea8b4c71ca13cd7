"""DIN: each item of the history weighs as much as it tells about the candidate.

    a_t = MLP([h_t - c, h_t, c, h_t ∘ c]),  user = Σ_t a_t·h_t

Without a softmax, so that a user with much of a taste has more of it. Source: Zhou et al., KDD 2018, equation 3.
PReLU, no Dice. Beside it: build/pointwise/din.go.
"""
import keras
from keras import layers, ops

from fields import Fields, deep
from train import main


def build(schema, options):
    f = Fields(schema, options.width)
    h, there = f.events()
    item = f.mean("movieId", f.items)
    c = ops.expand_dims(item, 1) * there
    unit = layers.Dense(32, name="activation")(ops.concatenate([h - c, h, c, h * c], axis=-1))
    unit = layers.PReLU(shared_axes=[1], alpha_initializer=keras.initializers.Constant(0.25))(unit)
    weights = layers.Dense(1, name="attention")(unit) * there
    user = ops.sum(weights * h, axis=1)
    x = ops.concatenate([f.numbers()] + f.all() + [user, user * item], axis=-1)
    return f.model(deep(x, options, "prelu"), "din")


if __name__ == "__main__":
    main("DIN in Keras", "Zhou et al., KDD 2018", build)

"""Embedding+MLP: vectors of ids and numbers side by side, then fully connected layers.

    logit = w·ReLU(W₂·ReLU(W₁·[x, e₁, …, e_n] + b₁) + b₂) + b₃

It is the course's first deep model. Beside it: build/pointwise/embeddingmlp.go.
"""
from keras import ops

from fields import Fields, deep
from train import main


def build(schema, options):
    f = Fields(schema, options.width)
    x = ops.concatenate([f.numbers()] + f.all(), axis=-1)
    return f.model(deep(x, options), "embedding_mlp")


if __name__ == "__main__":
    main("Embedding+MLP in Keras", "the course's baseline", build)

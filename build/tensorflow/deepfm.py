"""DeepFM: a factorization machine and a deep part over the same vectors.

    logit = w·x + Σ_{s<t} ⟨e_s, e_t⟩ + deep([x, e₁, …, e_n])

Source: Guo et al., IJCAI 2017, equations 1 to 4; the sum over pairs is ½((Σe)² - Σe²). Beside it:
build/pointwise/deepfm.go.
"""
from keras import ops

from fields import Fields, deep
from train import main


def build(schema, options):
    f = Fields(schema, options.width)
    e = f.all()
    total, squares = e[0], e[0] * e[0]
    for v in e[1:]:
        total, squares = total + v, squares + v * v
    pairs = 0.5 * ops.sum(total * total - squares, axis=-1, keepdims=True)
    x = ops.concatenate([f.numbers()] + e, axis=-1)
    return f.model(f.first_order() + pairs + deep(x, options), "deepfm")


if __name__ == "__main__":
    main("DeepFM in Keras", "Guo et al., IJCAI 2017", build)

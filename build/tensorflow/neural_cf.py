"""NeuralCF: the product of the vectors of user and item beside layers over both, with vectors of their own.

    logit = w·[p ∘ q, MLP([p', q', c]), c] + b,  c = the stars that two averages expect

Source: He et al., WWW 2017, equation 12. Their p is a row of a table of users; here it is the mean of the items
of the history, each times a vector of its stars, so that strangers have one too. Beside it:
build/pointwise/neuralcf.go, which says why c is there.
"""
from keras import layers, ops

from fields import Fields, mean
from train import main


def build(schema, options):
    f = Fields(schema, options.width)

    def view(name):
        liked, stars = f.table("userHistory", name + "_liked"), f.table("userHistoryStars", name + "_stars")
        events = liked(f.input("userHistory")) * stars(f.input("userHistoryStars"))
        return mean(events, f.there("userHistory")), f.mean("movieId", f.table("movieId", name + "_items"))

    p, q = view("gmf")
    u, v = view("mlp")
    at = [c["name"] for c in schema.numbers].index("baselineRating")
    baseline = f.numbers()[:, at : at + 1]
    x = ops.concatenate([u, v, baseline], axis=-1)
    for width in options.hidden:
        x = layers.Dropout(options.dropout)(layers.Dense(width, activation="relu")(x))
    logit = layers.Dense(1, name="logit")(ops.concatenate([p * q, x, baseline], axis=-1))
    return f.model(logit, "neural_cf")


if __name__ == "__main__":
    main("NeuralCF in Keras", "He et al., WWW 2017", build)

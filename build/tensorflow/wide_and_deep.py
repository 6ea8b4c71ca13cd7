"""Wide & Deep: a linear part, which remembers, beside a deep part, which generalizes.

    logit = w·[x, φ(x)] + deep(x)

The crossed feature φ is the pair of the candidate and the item that the user liked last, hashed. Source: Cheng et
al., DLRS 2016. They train the wide part by FTRL; here one Adam trains both. Beside it: build/pointwise/widedeep.go.
"""
from keras import ops

from fields import Fields, deep
from train import main

CROSSED = "movieId_x_userRatedMovie1"


def build(schema, options):
    f = Fields(schema, options.width)
    x = ops.concatenate([f.numbers()] + f.all(), axis=-1)
    crossed = f.mean(CROSSED, f.table(CROSSED, "wide_crossed", 1, "zeros"))
    return f.model(f.first_order() + crossed + deep(x, options), "wide_and_deep")


if __name__ == "__main__":
    main("Wide & Deep in Keras", "Cheng et al., DLRS 2016", build)

"""What the lab on outputs must come to, by JAX's own functions, losses and derivatives."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

RAISES = (1.0, 2.5)


def cases() -> list[dict[str, Any]]:
    """Return scores, and all that follows from them, with each class once the true one."""
    random = np.random.default_rng(13)
    scores = [[2.0, 1.0, 0.0, -4.0], [10.0, -10.0, 10.0, -10.0], [0.0] * 4, *random.uniform(-10, 10, (5, 4))]
    return [_case(jnp.array(each), truth) for each in scores for truth in range(4)]


def _case(scores: Any, truth: int) -> dict[str, Any]:
    y = jnp.eye(4)[truth]
    losses = {
        "cross": lambda z: optax.softmax_cross_entropy_with_integer_labels(z, jnp.array(truth)),
        "binary": lambda z: optax.sigmoid_binary_cross_entropy(z, y).sum(),
        "squared": lambda z: optax.l2_loss(jax.nn.sigmoid(z), y).sum(),
    }
    outputs = {"softmax": jax.nn.softmax, "sigmoids": jax.nn.sigmoid}
    return {
        "scores": scores.tolist(),
        "truth": truth,
        "outputs": {name: output(scores).tolist() for name, output in outputs.items()},
        "losses": {name: float(loss(scores)) for name, loss in losses.items()},
        "gradients": {name: jax.grad(loss)(scores).tolist() for name, loss in losses.items()},
        "changes": [
            {
                "by": by,
                "k": k,
                **{
                    name: (output(scores.at[k].add(by)) - output(scores)).tolist()
                    for name, output in outputs.items()
                },
            }
            for by in RAISES
            for k in range(4)
        ],
    }

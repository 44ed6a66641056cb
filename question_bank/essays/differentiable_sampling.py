"""An essay with a drawn point: why indices stop the gradient and interpolation lets it pass."""

from examgen import Essay, Fractions, Int, Item, different


class DifferentiableSampling(Item):
    """Back-propagation through a sampled point: rounding, interpolation, and the offsets."""

    title = "A gradient for a position"
    topic = "essays"
    objective = (
        "explain why rounded positions stop the gradient, and derive the gradient to the "
        "offsets through interpolation"
    )
    serves = ["6c essay"]

    i, j = Int(1, 4), Int(1, 4)
    f, g = Fractions(1, 9, over=10), Fractions(1, 9, over=10)
    where = [
        different(i, j),
        different(f, g),
        different(f + g, 1),
        different(2 * f, 1),
        different(2 * g, 1),
    ]

    x, y = i + f, j + g

    stem = r"""
    A deformable convolution has to read its input at $x = <<x | decimal>>$ (column) and
    $y = <<y | decimal>>$ (row), which are the position of a tap plus its offsets $\Delta x$ and
    $\Delta y$. The input has values at whole positions only. One way is to round $x$ and $y$;
    another is bilinear interpolation.
    """

    solve = Essay(
        prompt=r"""
        Explain why the offsets cannot be learned if positions are rounded. Then give the four
        pixels and weights of bilinear interpolation for this point, derive the gradient of the
        sampled value with respect to $\Delta x$, and follow the gradient of the loss from an output
        of the layer to the weights of the branch that computes the offsets.
        """,
        rubric={
            "Rounded: the value stays the same under small changes of the offset, gradient 0": 2,
            "Four pixels around the point; weights as products of distances": 2,
            "The four weights are right and add up to 1": 1,
            "The offset is part of the weights, so the value depends on it smoothly": 1,
            "The gradient with respect to $\\Delta x$ is right: differences of pixels, weighed by "
            "$y$": 2,
            "Chain: loss, output, kernel weight, sample, offset, weights of the branch": 2,
        },
        model_answer=r"""
        *Rounding.* Rounded positions are indices: they choose which pixel is read, but no pixel's
        value depends on them. If $\Delta x$ changes a little, the same pixel is read, so the
        derivative is 0 almost everywhere (and there is none where the rounding jumps). No gradient
        tells the branch in which direction to move the point.

        *Interpolation.* With the fractional parts $f = <<f | decimal>>$ of $x$ and
        $g = <<g | decimal>>$ of $y$, the pixels, as (column, row), and their weights are

        | pixel | weight | here |
        |:------|:------:|-----:|
        | $(<<i>>, <<j>>)$ | $(1 - f)(1 - g)$ | $<<((1 - f) * (1 - g)) | decimal>>$ |
        | $(<<i + 1>>, <<j>>)$ | $f (1 - g)$ | $<<(f * (1 - g)) | decimal>>$ |
        | $(<<i>>, <<j + 1>>)$ | $(1 - f) g$ | $<<((1 - f) * g) | decimal>>$ |
        | $(<<i + 1>>, <<j + 1>>)$ | $f g$ | $<<(f * g) | decimal>>$ |

        and the weights add up to 1. The offset is now part of the computation: a small change of
        $\Delta x$ changes $f$, hence the weights and the sampled value $s$.

        *Gradient.* Call the four pixels, in the order of the table, $A, B, C, D$. The derivative of
        $f$ with respect to $\Delta x$ is 1, so
        $$\frac{\partial s}{\partial \Delta x} = (1 - g)(B - A) + g\,(D - C)
        = <<(1 - g) | decimal>>\,(B - A) + <<g | decimal>>\,(D - C)\,,$$
        the slope of the image in the direction of $x$. Likewise
        $\partial s / \partial \Delta y = (1 - f)(C - A) + f\,(D - B)$. The derivatives change
        abruptly where $x$ or $y$ is whole, which does no harm in practice.

        *Chain.* Let $L$ be the loss. An output $z = \sum_n w_n s_n$ passes
        $\partial L / \partial s_n = w_n\, \partial L / \partial z$ on to its samples, and each
        sample passes
        $$\frac{\partial L}{\partial \Delta x_n} = \sum \frac{\partial L}{\partial z}\, w_n\,
        \frac{\partial s_n}{\partial \Delta x_n}$$
        to its offset, the sum being over all channels that use it. The offset is an output of an
        ordinary convolution, the branch, so from here on back-propagation is the usual one, to the
        weights of the branch and on to its input. The pixels get a share as well: each its
        weight times $\partial L / \partial s_n$.
        """,
        source="Dai et al., ICCV 2017; Jaderberg et al., NIPS 2015 (spatial transformers)",
    )

    solution = r"""
    The key is that the offset enters as a *number* that is multiplied, not as an *index* that
    selects. The upper left pixel is $(\lfloor x \rfloor, \lfloor y \rfloor) = (<<i>>, <<j>>)$, and
    all four pixels change their weight with $\Delta x$: two gain what two others lose.
    """

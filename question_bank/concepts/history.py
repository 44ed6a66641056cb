"""Ordering by facts: how convolutional networks came about."""

from examgen import Choice, Item, Misconception, Ordering

EVENTS = {
    1958: "Rosenblatt describes the perceptron",
    1962: "Hubel and Wiesel describe simple and complex cells in the visual cortex of the cat",
    1980: "Fukushima presents the Neocognitron in *Biological Cybernetics*",
    1986: "Rumelhart, Hinton and Williams publish back-propagation in *Nature*",
    1989: "LeCun and others train a convolutional network on zip codes by back-propagation",
    1998: "LeNet-5 is published",
    2009: "the ImageNet data set is presented",
    2012: "AlexNet wins the ImageNet challenge",
    2014: "GoogLeNet wins the ImageNet challenge",
    2015: "ResNet, with 152 layers, wins the ImageNet challenge",
    2017: "deformable convolutions are presented",
}
SOURCE = (
    "Rosenblatt, Psychol. Review 65 (1958); Hubel & Wiesel, J. Physiol. 160 (1962); Fukushima, "
    "Biol. Cybernetics 36 (1980) 193; Rumelhart et al., Nature 323 (1986) 533; LeCun et al., "
    "Neural Computation 1 (1989) 541 and Proc. IEEE 86 (1998) 2278; Deng et al., CVPR 2009; "
    "ILSVRC 2012, 2014 and 2015; Dai et al., ICCV 2017"
)


def _event(name):
    """The text of a year that a parameter holds."""
    return "".join(f"<% if {name} == {year} %>{text}<% endif %>" for year, text in EVENTS.items())


class History(Item):
    """Six steps from the perceptron to deformable convolutions, two years apart or more."""

    title = "From the visual cortex to deep networks"
    topic = "concepts"
    objective = "put the steps from the perceptron to deformable convolutions in the order of time"
    serves = ["2b cnn-history-order"]

    root = Choice(1958, 1962)
    learning = Choice(1986, 1989)
    between = Choice(1998, 2009)
    deep = Choice(2012, 2014)
    late = Choice(2015, 2017)

    where = [late - deep >= 2]

    stem = "Six steps on the way to today's convolutional networks are listed in no order."

    order = Ordering(
        [root, 1980, learning, between, deep, late],
        marks=3,
        prompt="Put them in the order of time, the earliest first.",
        options=[
            _event("root"),
            EVENTS[1980],
            *(_event(name) for name in ("learning", "between", "deep", "late")),
        ],
        misconceptions=[
            Misconception(
                "Neocognitron trained by back-propagation",
                [root, 1980, 1979, between, deep, late],
                "The Neocognitron (1980) is older: its S-cells learn without a teacher, layer by "
                "layer. Back-propagation reached networks of this kind in 1989.",
            ),
            Misconception(
                "the data came after the network",
                lambda item: (
                    [item.root, 1980, item.learning, item.deep + 1, item.deep, item.late]
                    if item.between == 2009
                    else None
                ),
                "ImageNet came first (2009): a million labelled images made it possible to train "
                "a large network without overfitting, which AlexNet then did (2012).",
            ),
        ],
        source=SOURCE,
    )

    solution = f"""
    The years are

    * <<root>>: {_event("root")};
    * 1980: {EVENTS[1980]};
    * <<learning>>: {_event("learning")};
    * <<between>>: {_event("between")};
    * <<deep>>: {_event("deep")};
    * <<late>>: {_event("late")}.

    Ideas from biology came first, then architectures without gradients of a task, then training
    by back-propagation, and last the data and machines that made depth pay.
    """

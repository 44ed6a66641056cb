"""Rows to be matched to options; a key that cites its source needs no oracle."""

from examgen import Choice, Item, Matching, Misconception


class MatchingItem(Item):
    """Parts of the Neocognitron and their counterparts."""

    # Texts may branch: <% if … %> … <% else %> … <% endif %>.
    third = Choice(0, 1)

    stem = "Fukushima's Neocognitron (1980) has planes of S-cells and of C-cells."

    # Without a key, row i belongs to option i; options that are left over belong to none.
    counterparts = Matching(
        marks=2,
        prompt="Match each part to its counterpart in a convolutional network.",
        rows=[
            "plane of S-cells",
            "plane of C-cells",
            "<% if third == 0 %>shared input weights<% else %>several planes in a layer<% endif %>",
        ],
        options=[
            "feature map",
            "pooled feature map",
            "<% if third == 0 %>one kernel for all positions<% else %>channels<% endif %>",
            "dense layer",
        ],
        misconceptions=[
            # None: nothing is said of this row
            Misconception("S and C exchanged", [1, 0, None], "S-cells extract, C-cells pool."),
        ],
        source="Fukushima, Biol. Cybernetics 36 (1980) 193",
    )

    solution = "S-cells extract features with shared weights; C-cells pool them."

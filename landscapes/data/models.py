"""The models that take the reader's own data, by the id of their surface on the shelf."""

from catalog import Shelf
from landscapes import line_fit, two_weight_network
from landscapes.data.model import Model

MODELS: Shelf[Model] = Shelf([line_fit.MODEL, two_weight_network.MODEL])

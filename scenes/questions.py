"""Questions of a course on optimization, in its order: each is a scene that shows what its words speak of.

The words are in `locales/*/questions.toml`, by id. What they claim is recomputed in
`tests/stories/questions.py`, for the scene as it is opened and after what the reader is told to do.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A scene to look at with a question in mind; `link` is the query string of the scene alone."""

    id: str
    link: str

    @property
    def query(self) -> str:
        """Return the query string that opens the scene with this question beside it."""
        return f"{self.link}&question={self.id}"


QUESTIONS = (
    Question("zig-zag", "v=1&f=bowl&at=-7,2&lane=sgd:lr=0.95&steps=40"),
    Question(
        "momentum",
        "v=1&f=bowl:stretch=50&at=-7,2&lane=sgd:lr=0.9&lane=momentum:lr=0.9,momentum=0.7&steps=80",
    ),
    Question("too-large", "v=1&f=bowl&at=-7,1&lane=sgd:lr=0.95&lane=sgd:lr=1.02&steps=40&measure=stability"),
    Question("edge", "v=1&f=uneven_ring&at=0.2,1.3&lane=sgd:lr=0.3&steps=200&measure=stability"),
    Question(
        "nesterov",
        "v=1&f=bowl:stretch=5&at=-6,4&lane=momentum:lr=0.2,momentum=0.9&lane=nesterov:lr=0.2,momentum=0.9"
        "&steps=80&rule=same",
    ),
    Question(
        "adaptive",
        "v=1&f=canyon:turn=0&at=-3.5,2&lane=sgd:lr=1.8&lane=adagrad:lr=1&lane=rmsprop:lr=0.05&steps=100",
    ),
    Question(
        "one-formula",
        "v=1&f=bowl&at=-7,2&lane=sgd:lr=0.5&lane=momentum:lr=0.3&lane=adagrad:lr=1&lane=adam:lr=0.3"
        "&steps=40&step=10&pick=4&page=step",
    ),
    Question("adam-numbers", "v=1&f=bowl&at=-7,2&lane=adam:lr=0.3&steps=60&step=0&page=step"),
    Question(
        "saddle",
        "v=1&f=saddle_between_valleys&at=-2,2.001&lane=sgd:lr=0.1&lane=newton:lr=1&lane=saddle_free_newton:lr=1"
        "&steps=150&page=curvature&probe=0,0",
    ),
    Question("plateau", "v=1&f=easom&at=1.5,1.8&lane=sgd:lr=0.3&lane=adam:lr=0.1&steps=200"),
    Question(
        "flat-and-sharp",
        "v=1&f=flat_vs_sharp&at=3.5,2&lane=sgd:lr=0.1&lane=sgd:lr=0.6&steps=60&page=noise&hide=crowd,shares",
    ),
    Question(
        "mini-batches",
        "v=1&f=line_fit:scaling=standard&at=-1,4.5&lane=sgd:lr=0.3&steps=120&batch=4"
        "&page=noise&hide=crowd,minima,shares",
    ),
    Question(
        "schedules",
        "v=1&f=line_fit:scaling=standard&at=-1,4.5&lane=sgd:lr=0.5&lane=sgd:lr=0.5,schedule=cosine,warmup=10"
        "&lane=sgd:lr=0.5,schedule=warm_restarts,period=20,multiplier=2&steps=140&batch=4",
    ),
    Question(
        "clipping",
        "v=1&f=cliff:steepness=30&at=-3.2,2.5&lane=sgd:lr=1&lane=sgd:lr=1,clip=norm,clip_at=0.5&steps=100",
    ),
    Question("scaling", "v=1&f=line_fit&at=-1,4.5&lane=sgd:lr=0.3&steps=100&batch=60"),
    Question(
        "decay",
        "v=1&f=canyon&at=-3.5,-1.5&l2=0.2&lane=sgd:lr=0.02&lane=sgd:lr=0.02,penalty=decoupled"
        "&lane=adam:lr=0.1&lane=adam:lr=0.1,penalty=decoupled&steps=60",
    ),
    Question(
        "adam-best",
        "v=1&f=canyon&at=-3.5,-1.5&lane=sgd:lr=1.8&lane=momentum:lr=1.8,momentum=0.75&lane=adam:lr=0.2&steps=250",
    ),
)

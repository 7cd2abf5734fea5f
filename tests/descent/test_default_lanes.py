"""What is promised of every default lane: 27 surfaces under 21 methods."""
import numpy as np, time
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from scenes import read
from tests.descent.side_by_side import paths

def test_x():
    runs = {(s, m): read(f"f={s}&lane={m}")[0].runs()[0] for s in LANDSCAPES for m in OPTIMIZERS}
    c=time.process_time()
    longest = 10 * max(run.steps for run in runs.values())
    p = paths(runs, longest)
    print("cpu",time.process_time()-c)
    np.savez("/tmp/e/paths.npz", **{f"{s}:{m}":v for (s,m),v in p.items()})
    from descent.race import _descend
    for key in [("bowl","adam"),("himmelblau","newton"),("line_fit","sam"),("levy_13","momentum"),("goldstein_price","radam")]:
        t=_descend(runs[key]); n=len(t.points)
        print(key, np.abs(t.points-p[key][:n]).max())

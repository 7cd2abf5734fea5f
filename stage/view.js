// What is shown of a scene: the browser's own part of the URL.

/** The server's view, as ours to change. */
export const taken = (view) => ({ ...view, hide: new Set(view.hide) });

/** The view as the URL has it: null where it is as usual. */
export function spelled({ loss, hide, page, layer, measure, probe }, at, last) {
  const unless = (usual, value) => (value === usual ? null : value);
  return {
    step: at >= last ? null : at,
    loss: unless("log", loss),
    hide: [...hide].sort().join(","),
    page: unless("race", page),
    layer: unless("height", layer),
    measure: unless("none", measure),
    probe: probe?.join() ?? null,
  };
}

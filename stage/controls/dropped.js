// A picture that Optiscape made has its link in it: dropped on the page, it leads to its scene.

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = "Optiscape"; // export/picture.py writes it
const MOST = 64 * 1024; // bytes from the beginning in which it stands

/**
 * Lead to the scene of a picture that is dropped on the page where nothing else takes it. `none()` hears of one without.
 * @param {(query: string) => void} go
 * @param {() => void} none
 */
export function takePictures(go, none) {
  /** @param {DragEvent} event */
  const picture = ({ dataTransfer }) =>
    [...(dataTransfer?.items ?? [])].some(({ kind, type }) => kind === "file" && type === "image/png");
  document.addEventListener("dragover", (event) => picture(event) && event.preventDefault());
  document.addEventListener("drop", async (event) => {
    const file = event.dataTransfer?.files[0];
    if (event.defaultPrevented || !file || file.type !== "image/png") return;
    event.preventDefault(); // or the browser leaves the page for the picture
    const link = linkIn(new Uint8Array(await file.slice(0, MOST).arrayBuffer()));
    if (link === null) none();
    else go(link);
  });
}

/**
 * The query of the link in a PNG, null where it has none.
 * @param {Uint8Array} bytes
 */
function linkIn(bytes) {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = new TextDecoder();
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const [length, end] = [view.getUint32(at), at + 8 + view.getUint32(at)];
    if (end > bytes.length) return null;
    const chunk = bytes.subarray(at + 8, end);
    const named = text.decode(chunk.subarray(0, KEYWORD.length + 1)) === `${KEYWORD}\0`;
    // iTXt: after the keyword two numbers that say how it is compressed (not at all), and two empty names.
    if (text.decode(bytes.subarray(at + 4, at + 8)) === "iTXt" && named && length > KEYWORD.length + 5) {
      const [, query] = text.decode(chunk.subarray(KEYWORD.length + 5)).split(/\?(.*)/s);
      return query ?? null;
    }
    at = end + 4;
  }
  return null;
}

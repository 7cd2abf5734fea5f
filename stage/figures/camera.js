// From where the surface is seen: as near as the frame has room for, until the reader turns it.

/** @import { Camera, Scene } from "../types/figures.d.ts" */

/** @typedef {[number, number, number]} Vector */

const ZOOM = 1 / Math.tan(Math.PI / 8); // plotly.js sees 45 degrees from top to bottom
const ROOM = { left: 46, right: 22, top: 4, bottom: 30 }; // pixels around the box, for the numbers of the axes
const ROUNDS = 24;
const TALLER = [1, 1.15, 1.3, 1.45, 1.6]; // times as high as usual: as much as the frame has room for

/** @type {(a: Vector, b: Vector) => number} */
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
/** @type {(a: Vector, b: Vector) => Vector} */
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
/** @type {(a: Vector) => Vector} */
const unit = (a) => /** @type {Vector} */ (a.map((part) => part / Math.hypot(...a)));

/**
 * The scene in a frame of so many pixels: as high as it has room for, and seen from as near. `room` is what its numbers take.
 * @param {Scene} scene
 * @param {number} width
 * @param {number} height
 * @returns {Pick<Scene, "aspectratio" | "camera">}
 */
export function framed({ aspectratio, camera }, width, height, room = ROOM) {
  const tries = TALLER.map((taller) => {
    const ratio = { ...aspectratio, z: taller * aspectratio.z };
    return { aspectratio: ratio, ...fitted(ratio, camera.eye, width, height, room) };
  });
  const [{ aspectratio: ratio, camera: from }] = tries.sort((a, b) => b.filled - a.filled);
  return { aspectratio: ratio, camera: from };
}

const STEEPEST = 1.5; // radians above and below the horizon

/**
 * The same camera, gone so many radians around its centre and up.
 * @template {Camera} Of
 * @param {Of} camera
 * @param {number} around
 * @param {number} up
 * @returns {Of}
 */
export function turned(camera, around, up) {
  const { center, eye } = camera;
  const [x, y, z] = [eye.x - center.x, eye.y - center.y, eye.z - center.z];
  const far = Math.hypot(x, y, z);
  const angle = Math.atan2(y, x) + around;
  const height = Math.min(Math.max(Math.asin(z / far) + up, -STEEPEST), STEEPEST);
  const flat = far * Math.cos(height);
  return {
    ...camera,
    eye: {
      x: center.x + flat * Math.cos(angle),
      y: center.y + flat * Math.sin(angle),
      z: center.z + far * Math.sin(height),
    },
  };
}

/**
 * The camera in a direction from which a box fills the frame, but for the room of the axes; and how much of it is filled,
 * from 0 to 1.
 * @param {Scene["aspectratio"]} aspectratio
 * @param {Scene["aspectratio"]} eye
 * @param {number} width
 * @param {number} height
 * @param {typeof ROOM} room
 * @returns {{ camera: Camera, filled: number }}
 */
function fitted(aspectratio, eye, width, height, room) {
  const away = unit([eye.x, eye.y, eye.z]);
  const right = unit(cross([0, 0, 1], away));
  const up = cross(away, right);
  const half = [aspectratio.x / 2, aspectratio.y / 2, aspectratio.z / 2];
  const corners = Array.from({ length: 8 }, (_, k) => {
    /** @type {Vector} */
    const corner = [half[0] * (k & 1 ? 1 : -1), half[1] * (k & 2 ? 1 : -1), half[2] * (k & 4 ? 1 : -1)];
    return [dot(corner, right), dot(corner, up), dot(corner, away)];
  });
  const share = [1 - (room.left + room.right) / width, 1 - (room.top + room.bottom) / height];
  const aside = [(room.left - room.right) / width, (room.bottom - room.top) / height];
  const aspect = [width / height, 1];
  let shift = [0, 0];
  let far = 3;
  let filled = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const seen = [0, 1].map((axis) => {
      const at = corners.map((corner) => (ZOOM * (corner[axis] - shift[axis])) / (far - corner[2]) / aspect[axis]);
      return { low: Math.min(...at), high: Math.max(...at) };
    });
    // Where the middle of the box is too far aside the camera follows, and it comes nearer as long as there is room.
    shift = shift.map(
      (by, axis) => by + (((seen[axis].low + seen[axis].high) / 2 - aside[axis]) * far * aspect[axis]) / ZOOM,
    );
    const parts = seen.map(({ low, high }, axis) => (high - low) / 2 / share[axis]);
    far *= (1 + Math.max(...parts)) / 2;
    filled = parts[0] * parts[1];
  }
  const center = [0, 1, 2].map((axis) => right[axis] * shift[0] + up[axis] * shift[1]);
  const [x, y, z] = center;
  return {
    camera: { center: { x, y, z }, eye: { x: x + far * away[0], y: y + far * away[1], z: z + far * away[2] } },
    filled,
  };
}

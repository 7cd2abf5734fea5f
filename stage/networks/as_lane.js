// Trainers as the parts of the page see them that know lanes: told as one, and turned as one.

/** @import { Change, ChangeName, Lane } from "../types/answer.d.ts" */
/** @import { Trainer } from "../types/networks.d.ts" */

/** What a change of a lane is called where it is one of a trainer. @type {Partial<Record<ChangeName, ChangeName>>} */
const OF_TRAINERS = {
  lane_method: "trainer_method",
  lane_knob: "trainer_knob",
  lane_add: "trainer_add",
  lane_copy: "trainer_copy",
  lane_remove: "trainer_remove",
  lane_suggest: "trainer_suggest",
};

/**
 * A change of a lane as one of a trainer; null where trainers have none such.
 * @param {Change} change
 * @returns {Change | null}
 */
export function ofTrainer(change) {
  const name = OF_TRAINERS[change.do];
  return name ? { ...change, do: name } : null;
}

/**
 * A trainer as a lane is told: what trainers do not have is as it is where a lane does without.
 * @param {Trainer} trainer
 * @returns {Pick<Lane, "id" | "knobs" | "extras" | "suggested">}
 */
export const asLane = ({ optimizer, knobs, extras, suggested }) => ({
  id: optimizer,
  knobs,
  extras: { clip: "none", clip_at: 0, penalty: "coupled", ...extras },
  suggested,
});

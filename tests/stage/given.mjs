// What Python gives to the tests, see tests/stage/test_node.py.

import { readFileSync } from "node:fs";

export const given = JSON.parse(readFileSync(process.env.GIVEN, "utf-8"));

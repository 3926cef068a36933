// F1 on the unit agent's screen.
import { frUnit } from "../fr/unit.js";
import { toggleKeys } from "./key_help.js";

export const toggleHelp = (): void => toggleKeys(frUnit.keys);

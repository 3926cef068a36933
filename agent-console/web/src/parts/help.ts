// F1 on the unit agent's screen.
import { unitWords } from "#words/unit.js";
import { toggleKeys } from "./key_help.js";

export const toggleHelp = (): void => toggleKeys(unitWords.keys);

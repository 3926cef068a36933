// Each screen is a file of its own, loaded when somebody logs in who has it. All of a person's screens at once: what is loaded later
// could be of a newer version, after an update of the service, and would not fit.
import type { ScreenName } from "./api.js";

const loaders: Record<ScreenName, () => Promise<unknown>> = {
  saisie: () => import("./screens/operator.js"),
  bannette: () => import("./screens/agent.js"),
  tableau: () => import("./screens/board.js"),
  administration: () => import("./screens/admin.js"),
};

// False: the service did not give one of them.
export async function loadScreens(names: readonly ScreenName[]): Promise<boolean> {
  try {
    await Promise.all(names.map((name) => loaders[name]()));
    return true;
  } catch {
    return false;
  }
}

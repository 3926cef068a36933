// Each screen is a file of its own, loaded when somebody logs in who has it: the one that is shown first, and as soon as that is there the
// rest, all at once. What is loaded much later could be of a newer version, after an update of the service, and would not fit.
import type { ScreenName } from "./api.js";

// What no other screen needs of the styles.
function styles(file: string): Promise<void> {
  if (document.querySelector(`link[href="/${file}"]`)) return Promise.resolve();
  return new Promise((there, missing) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `/${file}`;
    link.onload = () => there();
    link.onerror = () => {
      link.remove();
      missing(new Error(file));
    };
    document.head.append(link);
  });
}

const loaders: Record<ScreenName, () => Promise<unknown>> = {
  saisie: () => import("./screens/operator.js"),
  bannette: () => import("./screens/agent.js"),
  tableau: () => Promise.all([styles("wall.css"), import("./screens/board.js")]),
  administration: () => Promise.all([styles("admin.css"), import("./screens/admin.js")]),
};
const afterwards: Partial<Record<ScreenName, (() => Promise<unknown>)[]>> = {
  saisie: [() => import("./parts/operator_dialogs.js")],
};

async function all(loads: readonly (() => Promise<unknown>)[]): Promise<boolean> {
  try {
    await Promise.all(loads.map((load) => load()));
    return true;
  } catch {
    return false;
  }
}

// False: the service did not give it.
export function loadScreen(name: ScreenName): Promise<boolean> {
  return all([loaders[name]]);
}

// What one has besides.
export function loadRest(names: readonly ScreenName[]): Promise<boolean> {
  return all([() => import("./parts/own_password.js"), ...names.flatMap((name) => [loaders[name], ...(afterwards[name] ?? [])])]);
}

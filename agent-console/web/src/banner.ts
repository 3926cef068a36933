// What stands above a screen while the line or the queue is away: what that means there, and what is on this screen alone.
import type { ScreenName } from "./api.js";
import { commonWords } from "#words/common.js";
import type { Line } from "./live.js";

export interface Banner {
  text: string;
  lost: boolean; // the line; else the queue behind it
}

// `unkept`: something is written that the server does not have. The operator's draft says that for itself, for it is kept by and by.
export function bannerOf(screen: ScreenName | undefined, line: Line, queueUp: boolean, unkept: boolean): Banner | undefined {
  const { banner } = commonWords;
  const types = screen === "saisie";
  const rest = !types && unkept ? ` ${banner.written}` : "";
  if (line === "lost") return { lost: true, text: types ? banner.lost : banner.lostOther + rest };
  if (!queueUp) return { lost: false, text: types ? banner.queueDown : banner.queueDownAgent + rest };
  return undefined;
}

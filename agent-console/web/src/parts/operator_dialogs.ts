// What the operator's screen opens on a key: loaded once the screen is there.
import "./callbacks.js";
import "./drafts.js";
import "./find.js";
import "./qualify.js";

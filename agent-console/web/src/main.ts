import { locale } from "#words/common.js";
import "./parts/time.js";
import "./screens/login.js";
import "./app.js";

document.documentElement.lang = locale;

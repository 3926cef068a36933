import "./parts/time.js";
import "./screens/login.js";
import "./app.js";

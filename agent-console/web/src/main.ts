import "./parts/time.js";
import "./screens/login.js";
import "./screens/operator.js";
import "./screens/agent.js";
import "./screens/board.js";
import "./app.js";

// Keeps the list as it is in the workspace, while somebody looks at it: a browser has few connections.
const rows = document.getElementById("rows");
let wire = null;
function connect() {
  wire?.close();
  wire = document.hidden ? null : new EventSource("/_preview/events");
  if (!wire) return;
  wire.onmessage = event => { rows.innerHTML = JSON.parse(event.data).rows; document.body.classList.remove("ended"); };
  wire.onerror = () => document.body.classList.add("ended");
}
addEventListener("visibilitychange", connect);
connect();

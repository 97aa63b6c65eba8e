// Keeps the list as it is in the workspace.
const rows = document.getElementById("rows");
new EventSource("/_preview/events").onmessage = event => { rows.innerHTML = JSON.parse(event.data).rows; };

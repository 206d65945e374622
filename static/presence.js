/* Says every twenty seconds that this part is open for writing, and shows who else is at it. */
(function () {
  "use strict";
  var BEAT = 20000;
  var here = [];

  document.querySelectorAll("[data-presence]").forEach(start);
  document.addEventListener("htmx:load", function (event) {
    var root = event.detail.elt;
    if (root.matches && root.matches("[data-presence]")) start(root);
    if (root.querySelectorAll) root.querySelectorAll("[data-presence]").forEach(start);
  });
  setInterval(function () {
    here = here.filter(function (line) {
      if (document.contains(line)) { beat(line); return true; }
      end(line);
      return false;
    });
  }, BEAT);
  window.addEventListener("pagehide", function () { here.forEach(end); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) here.forEach(beat); });

  function start(line) {
    if (here.indexOf(line) >= 0) return;
    here.push(line);
    beat(line);
  }
  function beat(line) {
    send(line, {}).then(function (answer) {
      return answer.ok ? answer.json() : Promise.reject(answer);
    }).then(function (answer) {
      show(line, answer.others);
    }).catch(function () {});  // a lost beat is no news; the next one tells
  }
  function end(line) {
    send(line, { end: "1" }).catch(function () {});
  }
  function send(line, more) {
    var fields = new URLSearchParams(more);
    fields.append("part", line.dataset.part);
    return fetch(line.dataset.presence, {
      method: "POST",
      body: fields,
      credentials: "same-origin",
      keepalive: true,
      headers: { "X-Autosave": "1", "X-CSRFToken": window.shell.token(), "Accept": "application/json" }
    });
  }
  function show(line, words) {
    var shown = Array.prototype.map.call(line.children, function (note) { return note.textContent; });
    if (shown.join("\n") === words.join("\n")) return;
    line.textContent = "";
    words.forEach(function (sentence) {
      var note = document.createElement("p");
      note.className = "note note-warn f";
      note.textContent = sentence;
      line.appendChild(note);
    });
  }
})();

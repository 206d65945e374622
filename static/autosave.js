/* Forms with data-draft keep what is typed: two seconds after the last key, one request at a time.
   It never submits or sends; when the server does not answer, it says so and waits for a press. */
(function () {
  "use strict";
  var WAIT = 2000;

  document.querySelectorAll("form[data-draft]").forEach(keep);

  function keep(form) {
    var line = form.querySelector("[data-draft-state]");
    var timer = null, busy = false, again = false, leaving = false;
    if (!line || !form.elements.draft_form) return;

    form.addEventListener("input", function (event) {
      if (event.target.type === "file" || event.target.type === "password") return;
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    });
    form.addEventListener("change", function () {
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    });
    // What is sent for good must not be followed by a late draft.
    form.addEventListener("submit", function () {
      leaving = true;
      clearTimeout(timer);
    });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden" && timer && !leaving) save();
    });

    form.querySelectorAll("[data-draft-save]").forEach(function (button) {
      button.addEventListener("click", function (event) {
        event.preventDefault();
        save();
      });
    });

    function save() {
      clearTimeout(timer);
      timer = null;
      if (leaving) return;
      if (busy) { again = true; return; }
      busy = true;
      again = false;
      say(form.dataset.saving, false);
      fetch(form.dataset.draft, {
        method: "POST",
        body: typed(),
        credentials: "same-origin",
        keepalive: true,
        headers: { "X-Autosave": "1", "X-CSRFToken": window.shell.token(), "Accept": "application/json" }
      }).then(function (answer) {
        return answer.ok ? answer.json() : Promise.reject(answer);
      }).then(function (answer) {
        say(answer.words, false);
        done();
      }).catch(function () {
        say(form.dataset.unsaved, true);
        again = false;
        done();
      });
    }
    function done() {
      busy = false;
      if (again) save();
    }
    function typed() {
      var all = new FormData(form), fields = new URLSearchParams();
      all.forEach(function (value, name) {
        if (typeof value === "string" && name.indexOf("password") < 0) fields.append(name, value);
      });
      return fields;
    }
    function say(words, bad) {
      line.classList.toggle("saved-bad", bad);
      line.textContent = bad ? "" : words;
      if (!bad) return;
      var retry = document.createElement("button");
      retry.type = "button";
      retry.className = "link saved-bad";
      retry.textContent = words;
      retry.addEventListener("click", save);
      line.appendChild(retry);
    }
  }
})();

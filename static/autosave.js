/* Forms with data-draft keep what is typed: two seconds after the last key, one request at a time.
   With data-save they save themselves in place where the text can be taken, as their own button does.
   It never submits or sends; when the server does not answer, it says so and waits for a press; when somebody else
   has saved meanwhile, it stops and leads to both texts. */
(function () {
  "use strict";
  var WAIT = 2000;

  document.querySelectorAll("form[data-draft]").forEach(keep);
  document.addEventListener("htmx:load", function (event) {
    var root = event.detail.elt;
    if (root.querySelectorAll) root.querySelectorAll("form[data-draft]").forEach(keep);
  });

  function keep(form) {
    var line = form.querySelector("[data-draft-state]");
    var timer = null, busy = false, again = false, leaving = false, stopped = false;
    if (!line || !form.elements.draft_form || form.dataset.kept) return;
    form.dataset.kept = "1";

    form.addEventListener("input", function (event) {
      if (event.target.type === "file" || event.target.type === "password") return;
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    });
    form.addEventListener("change", function () {
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    });
    form.addEventListener("focusout", function (event) {
      if (timer && !form.contains(event.relatedTarget)) save();
    });
    // What is sent for good must not be followed by a late draft.
    form.addEventListener("submit", function () {
      leaving = true;
      clearTimeout(timer);
    });
    // A form that goes out as a fragment stays on the page when nobody answers.
    ["htmx:sendError", "htmx:responseError"].forEach(function (name) {
      form.addEventListener(name, function (event) {
        if (event.target !== form) return;
        leaving = false;
        retry(form.dataset.unsaved);
      });
    });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden" && timer && !leaving) save();
    });

    form.querySelectorAll("[data-draft-save]").forEach(function (button) {
      button.addEventListener("click", function (event) {
        if (stopped) return;
        event.preventDefault();
        save();
      });
    });

    function save() {
      clearTimeout(timer);
      timer = null;
      if (leaving || stopped) return;
      if (busy) { again = true; return; }
      busy = true;
      again = false;
      say(form.dataset.saving, false);
      var sent = typed();
      fetch(form.dataset.save || form.dataset.draft, {
        method: "POST",
        body: sent,
        credentials: "same-origin",
        keepalive: true,
        headers: { "X-Autosave": "1", "X-CSRFToken": window.shell.token(), "Accept": "application/json" }
      }).then(function (answer) {
        var told = (answer.headers.get("Content-Type") || "").indexOf("json") > 0;
        return told ? answer.json().then(function (body) { heard(answer.ok, body, sent); }) : Promise.reject(answer);
      }).then(done).catch(function () {
        unheard(sent);
        retry(form.dataset.unsaved);
        again = false;
        done();
      });
    }
    function heard(ok, body, sent) {
      unheard(null);
      if (ok || body.stop) form.dispatchEvent(new CustomEvent("taken", { detail: sent }));
      Object.keys(body.fields || {}).forEach(function (name) {
        if (form.elements[name]) form.elements[name].value = body.fields[name];
      });
      say(body.words, !ok);
      if (!body.stop) return;
      stopped = true;
      button("submit", form.dataset.compare);
    }
    // The answer to a save may be lost on the way: what was sent is named, so that nobody quarrels with themselves.
    function unheard(sent) {
      var box = form.elements.unheard;
      if (box && (sent || box.value)) box.value = sent ? sent.get(box.dataset.of) : "";
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
      line.textContent = words;
    }
    function retry(words) {
      say("", true);
      button("button", words).addEventListener("click", save);
    }
    function button(type, words) {
      var made = document.createElement("button");
      made.type = type;
      made.className = "link saved-bad";
      made.textContent = words;
      line.appendChild(document.createTextNode(" "));
      line.appendChild(made);
      return made;
    }
  }
})();

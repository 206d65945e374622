/* A copy in this browser of what is being typed and has not reached the server: forms with data-copy, by seat and form,
   for at most fourteen days. It goes when the server has taken the text; after a crash, a cut line or an ended session
   it is offered again. Signing out asks first and wipes the copies. */
(function () {
  "use strict";
  var STORE = "copies", DAYS = 14, PAUSE = 250, SENT = "copy-sent", ONCE = "copy-once";
  var UNSENT = ["csrfmiddlewaretoken", "idempotency_key", "unheard"];
  var UNTYPED = UNSENT.concat(["version", "base"]);
  var opened = null;

  function open() {
    opened = opened || new Promise(function (done, fail) {
      var asked = window.indexedDB.open("thang-hanh-dong", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore(STORE); };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = asked.onblocked = fail;
    });
    return opened;
  }
  function ask(mode, work) {
    return open().then(function (base) {
      return new Promise(function (done, fail) {
        var deal = base.transaction(STORE, mode), asked = work(deal.objectStore(STORE));
        deal.oncomplete = function () { done(asked && asked.result); };
        deal.onerror = deal.onabort = fail;
      });
    });
  }
  function drop(key) {
    return ask("readwrite", function (store) { store.delete(key); });
  }
  function keysOf(seat) {
    return ask("readonly", function (store) { return store.getAllKeys(); }).then(function (keys) {
      return keys.filter(function (key) { return key.indexOf(seat + "\n") === 0; });
    });
  }
  function purge() {
    var oldest = Date.now() - DAYS * 86400000;
    return ask("readwrite", function (store) {
      store.openCursor().onsuccess = function (event) {
        var row = event.target.result;
        if (!row) return;
        if (row.value.at < oldest) row.delete();
        row.continue();
      };
    });
  }

  // What may tell of victims is marked in the form and never kept here.
  function uncopied(form) {
    return Array.prototype.map.call(form.querySelectorAll("[data-uncopied] [name]"), function (box) { return box.name; });
  }
  function pairsOf(form, fields) {
    var pairs = [], out = UNSENT.concat(uncopied(form));
    fields.forEach(function (value, name) {
      if (typeof value === "string" && name.indexOf("password") < 0 && out.indexOf(name) < 0) pairs.push([name, value]);
    });
    return pairs;
  }
  function typed(form) {
    return pairsOf(form, new FormData(form));
  }
  // Browsers send line ends their own way; a text is the same with either.
  function text(pairs) {
    return JSON.stringify(pairs.filter(function (pair) { return UNTYPED.indexOf(pair[0]) < 0; }).map(function (pair) {
      return [pair[0], pair[1].replace(/\r\n?/g, "\n")];
    }).sort(function (one, other) { return one[0] < other[0] ? -1 : Number(one[0] > other[0]); }));
  }

  // A form that was posted as a page is with the server when the next page of ours came up well.
  function settled() {
    var key = sessionStorage.getItem(SENT), page = performance.getEntriesByType("navigation")[0];
    sessionStorage.removeItem(SENT);
    var well = key && page && page.type === "navigate" && page.responseStatus < 400 &&
      document.referrer.indexOf(location.origin + "/") === 0;
    return well ? drop(key) : Promise.resolve();
  }

  function watch(form) {
    if (!form.elements.draft_form || form.dataset.watched) return;
    form.dataset.watched = "1";
    var key = [form.dataset.copy, form.elements.draft_form.value, form.elements.draft_object.value].join("\n");
    var once = form.elements.idempotency_key;
    takeKey();
    var timer = null, offered = false;

    function keep() {
      clearTimeout(timer);
      timer = null;
      if (offered) return;
      var copy = { at: Date.now(), pairs: typed(form), once: once && once.value };
      ask("readwrite", function (store) { store.put(copy, key); }).catch(function () {});
    }
    function soon(event) {
      if (event.target.type === "file" || event.target.type === "password") return;
      timer = timer || setTimeout(keep, PAUSE);
    }
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    window.addEventListener("pagehide", function () { if (timer) keep(); });
    form.addEventListener("taken", function (event) {
      if (!offered && text(pairsOf(form, event.detail)) === text(typed(form))) forget();
    });
    form.addEventListener("htmx:afterRequest", function (event) {
      if (event.target === form && event.detail.xhr && event.detail.xhr.status && event.detail.xhr.status < 400) forget();
    });
    form.addEventListener("submit", function () {
      if (!form.hasAttribute("hx-post")) sessionStorage.setItem(SENT, key);
    });
    function forget() {
      clearTimeout(timer);
      timer = null;
      return drop(key).catch(function () {});
    }

    // Sent and perhaps received: what comes back goes out with the key it had, so that it makes one row and not two.
    function takeKey() {
      var had = JSON.parse(sessionStorage.getItem(ONCE) || "[]");
      if (!once || had[0] !== key) return;
      sessionStorage.removeItem(ONCE);
      once.value = had[1];
    }

    if (document.querySelector(".errors")) return;
    ask("readonly", function (store) { return store.get(key); }).then(function (copy) {
      if (!copy || timer) return;
      if (text(copy.pairs) === text(typed(form))) { forget(); return; }
      offered = true;
      offer(form, copy, function () { offered = false; return forget(); }, function () {
        if (copy.once) sessionStorage.setItem(ONCE, JSON.stringify([key, copy.once]));
      });
    }).catch(function () {});
  }

  function offer(form, copy, done, back) {
    var note = document.createElement("div"), line = document.createElement("p");
    note.className = "note note-warn f";
    note.setAttribute("role", "status");
    note.setAttribute("data-copy-note", "");
    line.textContent = form.dataset.copyWords.replace("{time}", moment(new Date(copy.at))) + " ";
    note.appendChild(line);
    button(line, form.dataset.copyBack).addEventListener("click", function () { bring(form, copy, line, back); });
    button(line, form.dataset.copyDrop).addEventListener("click", function () { done(); note.remove(); });
    form.insertBefore(note, form.firstChild);
  }
  // As a draft on the server, which every such form opens with.
  function bring(form, copy, line, back) {
    var pairs = copy.pairs.slice(), out = uncopied(form);
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && out.indexOf(name) >= 0) pairs.push([name, value]);
    });
    fetch(form.dataset.draft, {
      method: "POST",
      body: new URLSearchParams(pairs),
      credentials: "same-origin",
      headers: { "X-Autosave": "1", "X-CSRFToken": window.shell.token(), "Accept": "application/json" }
    }).then(function (answer) {
      if (!answer.ok) throw answer;
      back();
      location.assign(form.getAttribute("action") || location.href.split("#")[0]);
    }).catch(function () {
      line.appendChild(document.createTextNode(" " + form.dataset.unsaved));
    });
  }
  function button(line, words) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-text btn-s";
    made.textContent = words;
    line.appendChild(made);
    return made;
  }
  function moment(at) {
    function two(number) { return (number < 10 ? "0" : "") + number; }
    return two(at.getHours()) + ":" + two(at.getMinutes()) + " " +
      [two(at.getDate()), two(at.getMonth() + 1), at.getFullYear()].join("/");
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, seat = form.dataset.copies;
    if (!seat || form.dataset.wiped) return;
    event.preventDefault();
    function leave() { form.dataset.wiped = "1"; form.submit(); }
    keysOf(seat).then(function (keys) {
      if (keys.length && !window.confirm(form.dataset.copiesAsk)) { delete form.dataset.sent; return null; }
      return Promise.all(keys.map(drop)).then(leave);
    }).catch(leave);
  }, true);

  function start(root) {
    var forms = root.querySelectorAll("form[data-copy]");
    if (root.matches && root.matches("form[data-copy]")) watch(root);
    Array.prototype.forEach.call(forms, watch);
  }
  settled().then(purge).catch(function () {}).then(function () {
    start(document);
    document.addEventListener("htmx:load", function (event) { start(event.detail.elt); });
  });
})();

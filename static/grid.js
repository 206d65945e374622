/* The quick grid: Tab across, Enter down, a new row below the last; each row is sent by itself when it is left and says
   in words what became of it. A row that got no answer is sent again with the key it has, so it is never stored twice.
   Without this one button stores all rows. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-grid]");
  if (!form) return;
  var body = form.querySelector("tbody"), pattern = document.querySelector("template[data-pattern]");
  var tally = document.querySelector("[data-tally]");
  var FIELDS = ["title", "starts", "count", "female", "male", "rest", "money"];

  body.querySelectorAll("tr[data-row]").forEach(prepare);
  count();

  body.addEventListener("input", typed);
  body.addEventListener("change", typed);
  body.addEventListener("focusout", function (event) {
    var row = rowOf(event.target);
    if (row && rowOf(event.relatedTarget) !== row) leave(row);
  });
  body.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, select")) return;
    event.preventDefault();
    down(event.target);
  });
  body.addEventListener("paste", function (event) {
    var text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (text.indexOf("\t") < 0 && text.trim().indexOf("\n") < 0) return;
    event.preventDefault();
    previewOf(text);
  });
  window.addEventListener("online", function () {
    body.querySelectorAll("tr[data-lost]").forEach(save);
  });

  function rowOf(element) {
    return element && element.closest ? element.closest("tr[data-row]") : null;
  }
  function box(row, name) {
    return row.querySelector('[name="r' + row.dataset.row + "-" + name + '"]');
  }
  function prepare(row) {
    if (!box(row, "key").value) box(row, "key").value = newKey();
    row.querySelector("[data-state]").removeAttribute("role");
  }
  function newKey() {
    var bytes = new Uint8Array(18);
    window.crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }
  function blank(row) {
    return FIELDS.every(function (name) { return !box(row, name).value.trim(); });
  }

  function typed(event) {
    var row = rowOf(event.target);
    if (!row) return;
    row.dataset.dirty = "1";
    total(row);
    if (!row.dataset.busy) say(row, blank(row) ? form.dataset.new : form.dataset.typed);
    if (!nextRow(row) && !blank(row)) grow();
  }
  function nextRow(row) {
    var next = row.nextElementSibling;
    while (next && !next.dataset.row) next = next.nextElementSibling;
    return next;
  }
  function grow() {
    var rows = body.querySelectorAll("tr[data-row]"), last = rows[rows.length - 1];
    var no = parseInt(last.dataset.row, 10) + 1;
    if (rows.length >= parseInt(form.dataset.most, 10)) return null;
    body.insertAdjacentHTML("beforeend", pattern.innerHTML.replace(/__n__/g, String(no)));
    var row = body.querySelector('tr[data-row="' + no + '"]');
    prepare(row);
    box(row, "type").value = box(last, "type").value;
    return row;
  }
  function down(input) {
    var row = rowOf(input), name = input.name.slice(input.name.indexOf("-") + 1);
    var next = nextRow(row) || grow();
    if (next) box(next, name).focus();
    else leave(row);
  }

  // 1.250 → 1250; null where there is nothing, NaN where the server has to read it.
  function number(text) {
    var seen = text.trim().toLowerCase().replace(/^(khoảng|trên|gần|hơn)\s+/, "");
    if (!seen) return null;
    return /^(\d+|\d{1,3}(\.\d{3})+)$/.test(seen) ? parseInt(seen.replace(/\./g, ""), 10) : NaN;
  }
  function total(row) {
    var seen = false, all = 0;
    row.querySelectorAll("[data-part]").forEach(function (part) {
      var value = number(part.value);
      if (value === null) return;
      seen = true;
      all += value;
    });
    row.querySelector("[data-total]").textContent =
      seen && !isNaN(all) ? String(all).replace(/\B(?=(\d{3})+$)/g, ".") : "–";
  }

  function leave(row) {
    if (row.dataset.dirty && (!blank(row) || box(row, "id").value)) save(row);
  }
  function save(row) {
    if (row.dataset.busy) { row.dataset.again = "1"; return; }
    row.dataset.busy = "1";
    delete row.dataset.dirty;
    delete row.dataset.again;
    delete row.dataset.lost;
    say(row, form.dataset.busyRow);
    fetch(form.action || window.location.href, {
      method: "POST",
      body: sent(row),
      credentials: "same-origin",
      keepalive: true,
      headers: { "X-Autosave": "1", "X-CSRFToken": window.shell.token(), "Accept": "application/json" }
    }).then(function (answer) {
      var told = (answer.headers.get("Content-Type") || "").indexOf("json") > 0;
      return told && (answer.ok || answer.status === 422) ? answer.json() : Promise.reject(answer);
    }).then(function (told) {
      heard(row, told);
    }).catch(function () {
      lost(row);
    }).then(function () {
      delete row.dataset.busy;
      count();
      if (row.dataset.again) save(row);
    });
  }
  function sent(row) {
    var fields = new URLSearchParams();
    fields.append("row", row.dataset.row);
    ["owner", "scope"].forEach(function (name) {
      if (form.elements[name]) fields.append(name, form.elements[name].value);
    });
    row.querySelectorAll("input, select").forEach(function (input) { fields.append(input.name, input.value); });
    return fields;
  }
  function heard(row, told) {
    if (told.id) {
      box(row, "id").value = told.id;
      box(row, "version").value = told.version;
      row.dataset.saved = "1";
      // The draft of the page learns that this row is stored.
      form.dispatchEvent(new Event("change"));
    }
    if (told.total) row.querySelector("[data-total]").textContent = told.total;
    say(row, row.dataset.dirty ? form.dataset.typed : told.words);
    why(row, told);
  }
  function lost(row) {
    row.dataset.lost = "1";
    row.dataset.dirty = "1";
    var button = document.createElement("button");
    button.type = "button";
    button.className = "link saved-bad";
    button.textContent = form.dataset.retry;
    button.addEventListener("click", function () { save(row); });
    say(row, "");
    row.querySelector("[data-state]").appendChild(button);
  }
  function say(row, words) {
    row.querySelector("[data-state]").textContent = words;
  }
  function why(row, told) {
    var no = row.dataset.row, old = body.querySelector('tr[data-why="' + no + '"]');
    var bad = told.faults.map(function (fault) { return fault.field; });
    if (old) old.remove();
    row.classList.toggle("is-bad", bad.length > 0);
    row.classList.toggle("has-why", bad.length + told.warnings.length > 0);
    row.querySelectorAll("td").forEach(function (cell) {
      var input = cell.querySelector("input, select");
      if (!input) return;
      var wrong = bad.indexOf(input.name.slice(input.name.indexOf("-") + 1)) >= 0;
      cell.classList.toggle("is-bad", wrong);
      if (wrong) {
        input.setAttribute("aria-invalid", "true");
        input.setAttribute("aria-describedby", "r" + no + "-e");
      } else {
        input.removeAttribute("aria-invalid");
        input.removeAttribute("aria-describedby");
      }
    });
    if (!bad.length && !told.warnings.length) return;
    var line = document.createElement("tr"), cell = document.createElement("td");
    line.className = "why";
    line.dataset.why = no;
    cell.colSpan = 12;
    cell.id = "r" + no + "-e";
    told.faults.forEach(function (fault) { part(cell, fault.words, ""); });
    told.warnings.forEach(function (words) { part(cell, words, "muted"); });
    line.appendChild(cell);
    row.insertAdjacentElement("afterend", line);
  }
  function part(cell, words, css) {
    var span = document.createElement("span");
    span.className = css;
    span.textContent = words;
    cell.appendChild(span);
    cell.appendChild(document.createTextNode(" "));
  }
  function count() {
    var saved = 0, bad = body.querySelectorAll("tr.is-bad").length;
    body.querySelectorAll("tr[data-saved]").forEach(function (row) {
      if (!row.classList.contains("is-bad")) saved += 1;
    });
    var words = [];
    if (saved) words.push(saved + " " + form.dataset.savedRows);
    if (bad) words.push(bad + " " + form.dataset.badRows);
    if (tally.textContent !== words.join(", ")) tally.textContent = words.join(", ");
  }

  // A block from Excel is looked at on its own page; nothing of it is stored before that.
  function previewOf(text) {
    body.querySelectorAll("tr[data-dirty]").forEach(leave);
    var there = document.createElement("form");
    there.method = "post";
    there.action = form.dataset.paste;
    add(there, "csrfmiddlewaretoken", window.shell.token());
    add(there, "block", text);
    ["owner", "scope"].forEach(function (name) {
      if (form.elements[name]) add(there, name, form.elements[name].value);
    });
    document.body.appendChild(there);
    there.submit();
  }
  function add(there, name, value) {
    var area = document.createElement("textarea");
    area.name = name;
    area.value = value;
    area.hidden = true;
    there.appendChild(area);
  }
})();

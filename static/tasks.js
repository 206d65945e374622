/* The table of tasks: a row is dragged by its grip to another place under the same heading. The buttons Up and Down
   do the same through the same address. Escape puts the row back. */
(function () {
  "use strict";
  var held = null;

  document.addEventListener("pointerdown", function (event) {
    var grip = event.target.closest ? event.target.closest("[data-grip]") : null;
    if (!grip || event.button) return;
    var row = grip.closest("tbody");
    held = { row: row, rows: among(row), before: row.nextElementSibling, moved: false };
    event.preventDefault();
  });
  document.addEventListener("pointermove", function (event) {
    if (!held) return;
    var under = document.elementFromPoint(event.clientX, event.clientY);
    var other = under && under.closest("tbody[data-heading]");
    held.row.classList.add("is-held");
    if (!other || other === held.row || held.rows.indexOf(other) < 0) return;
    var box = other.getBoundingClientRect();
    var after = event.clientY > box.top + box.height / 2;
    other.parentNode.insertBefore(held.row, after ? other.nextElementSibling : other);
    held.moved = true;
  });
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", back);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") back(); });

  function among(row) {
    return Array.prototype.filter.call(row.parentNode.querySelectorAll("tbody[data-heading]"), function (other) {
      return other.dataset.heading === row.dataset.heading;
    });
  }
  function drop() {
    if (!held) return;
    var was = held;
    held = null;
    was.row.classList.remove("is-held");
    var steps = among(was.row).indexOf(was.row) - was.rows.indexOf(was.row);
    if (!steps) return;
    // An open form keeps its place and its text; the numbers follow with the next save.
    var open = document.querySelector("#phan-nhiem-vu .edit-in");
    window.htmx.ajax("POST", was.row.dataset.address, {
      target: "#phan-nhiem-vu",
      swap: open ? "none" : "outerHTML",
      values: { steps: steps }
    }).catch(function () { put(was); });
  }
  function back() {
    if (!held) return;
    held.row.classList.remove("is-held");
    put(held);
    held = null;
  }
  function put(was) {
    was.row.parentNode.insertBefore(was.row, was.before);
  }

  // A row that came to the top or the bottom has lost the button that brought it there; its other button takes the focus.
  var pressed = "";
  document.addEventListener("htmx:beforeRequest", function (event) {
    pressed = (event.target.closest && event.target.closest(".updown") && document.activeElement.id) || "";
  });
  document.addEventListener("htmx:afterSettle", function () {
    var parts = pressed.split("-"), at = document.activeElement;
    if (!pressed || (at && at !== document.body)) return;
    var other = document.getElementById((parts[0] === "len" ? "xuong-" : "len-") + parts[1]);
    if (!document.getElementById(pressed) && other) other.focus();
  });

  // Whoever writes in the box of a choice chooses it.
  document.addEventListener("input", function (event) {
    var name = event.target.dataset && event.target.dataset.chooses;
    if (!name) return;
    event.target.form.querySelectorAll('input[type="radio"]').forEach(function (radio) {
      if (radio.name === name && radio.value === "own") radio.checked = true;
    });
  });
})();

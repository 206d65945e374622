/* The form of an activity: the total under the eyes, the unit of what the chosen type counts.
   Without this the server says both. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-activity-form]");
  if (!form) return;

  // 1.250 → 1250, “khoảng 550” → 550; null where there is no number, NaN where it cannot be read.
  function read(text) {
    var typed = text.trim().toLowerCase();
    if (!typed) return null;
    var number = typed.replace(/^(khoảng|trên|gần|hơn)\s+/, "");
    if (!/^(\d+|\d{1,3}(\.\d{3})+)$/.test(number)) return NaN;
    return parseInt(number.replace(/\./g, ""), 10);
  }
  function dotted(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  }

  var sum = form.querySelector("[data-sum]");
  function total() {
    var seen = false, all = 0;
    sum.querySelectorAll("input").forEach(function (box) {
      var value = read(box.value);
      if (value === null) return;
      seen = true;
      all += value;
    });
    sum.querySelector("output").textContent = seen && !isNaN(all) ? dotted(all) : "–";
  }
  sum.addEventListener("input", total);
  total();

  var type = form.elements.type;
  function units() {
    var kind = document.querySelector('[data-type="' + type.value + '"]');
    form.querySelectorAll("[data-unit-of]").forEach(function (place) {
      var unit = kind ? kind.getAttribute("data-" + place.getAttribute("data-unit-of")) : "";
      place.textContent = unit ? "(" + unit + ")" : "";
    });
  }
  // The parts that the type asks for stand in the form, the one it is about open; the rest lies folded below.
  var asked = form.querySelector("[data-asked]"), others = form.querySelector("[data-others]");
  function holds(part) {
    return Array.prototype.some.call(part.querySelectorAll("input:not([type=hidden]), textarea"), function (box) {
      return box.type === "checkbox" || box.type === "radio" ? box.checked : box.value.trim() !== "";
    });
  }
  function parts() {
    var kind = document.querySelector('[data-type="' + type.value + '"]');
    if (!kind) return;
    var wanted = kind.getAttribute("data-asks").split(" "), about = kind.getAttribute("data-about");
    form.querySelectorAll("[data-part]").forEach(function (part) {
      var name = part.getAttribute("data-part"), shown = wanted.indexOf(name) >= 0 || holds(part);
      if (name === "people") part.hidden = !shown;
      else if (name === "count") part.open = shown;
      else {
        (shown ? asked : others.lastElementChild).appendChild(part);
        if (name === about) part.open = true;
      }
    });
    others.hidden = !others.lastElementChild.children.length;
  }
  type.addEventListener("change", units);
  type.addEventListener("change", parts);
  units();
})();

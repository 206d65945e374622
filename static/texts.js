/* A figure goes where the cursor stands in the text; without this script it goes to its end. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-mark]");
    var box = button && button.form && button.form.elements.text;
    if (!box) return;
    event.preventDefault();
    var from = box.selectionStart, to = box.selectionEnd, mark = button.dataset.mark;
    var before = from && !/\s$/.test(box.value.slice(0, from)) ? " " : "";
    var after = /^[\wÀ-ỹ]/.test(box.value.slice(to)) ? " " : "";
    box.setRangeText(before + mark + after, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
})();

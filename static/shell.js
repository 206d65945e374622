/* What every page does a little better with a script; without it, everything still works. */
(function () {
  "use strict";

  function cookie(name) {
    var parts = document.cookie.split("; ");
    for (var i = 0; i < parts.length; i++) {
      if (parts[i].indexOf(name + "=") === 0) return decodeURIComponent(parts[i].slice(name.length + 1));
    }
    return "";
  }
  // Read at the moment of sending: another tab may have signed in since and changed it.
  function token() {
    var meta = document.querySelector('meta[name="csrf-cookie"]');
    return cookie(meta ? meta.content : "csrftoken");
  }
  window.shell = { token: token };

  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRFToken"] = token();
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    focusErrors(event.detail.elt || document);
  });

  function focusErrors(root) {
    var errors = root.querySelector(".errors");
    if (errors) errors.focus();
  }

  // A link of the error summary moves the eye and the caret to the box.
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest(".errors a") : null;
    var box = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!box) return;
    event.preventDefault();
    (box.closest(".f") || box).scrollIntoView();
    box.focus({ preventScroll: true });
  });

  // “Show” beside a password.
  function peek(button) {
    var box = document.getElementById(button.dataset.peek);
    button.hidden = false;
    button.addEventListener("click", function () {
      var shown = box.type === "text";
      box.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      button.textContent = shown ? button.dataset.show : button.dataset.hide;
    });
  }

  // A second press of the same button says so instead of sending again; the server would not count it twice anyway.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.hasAttribute("hx-post") || (form.method || "").toLowerCase() !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    var button = event.submitter;
    if (button && button.classList.contains("btn-main")) {
      button.dataset.words = button.textContent;
      button.setAttribute("aria-busy", "true");
      if (form.dataset.busy) button.textContent = form.dataset.busy;
    }
    setTimeout(function () { settle(form); }, 8000);
  });
  function settle(form) {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-busy="true"]').forEach(function (button) {
      button.removeAttribute("aria-busy");
      if (button.dataset.words) button.textContent = button.dataset.words;
    });
  }
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(settle);
  });

  // A page that only waits to be sent on.
  document.querySelectorAll("form[data-send-now]").forEach(function (form) { form.submit(); });
  document.querySelectorAll("button[data-peek]").forEach(peek);
  focusErrors(document);
})();

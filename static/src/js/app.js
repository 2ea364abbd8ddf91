// Small manners of the pages; everything works without them. No inline handler, no eval (CSP).
(() => {
  "use strict";
  const all = (what, where = document) => Array.from(where.querySelectorAll(what));
  const root = document.documentElement;
  root.classList.add("js");

  // Menus: one open at a time, closed by Esc or a click beside it.
  const closeMenus = (except) => all("details[data-menu][open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  const sheet = (button, open) => {
    button.setAttribute("aria-expanded", String(open));
    button.querySelector("span").textContent = open ? "Đóng" : "Thêm";
    button.closest("nav").classList.toggle("is-open", open);
    if (open) button.closest("nav").querySelector("a").focus();
  };
  const closeSheet = () => all("[data-nav-more]").forEach((button) => sheet(button, false));
  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details[data-menu]"));
    const more = event.target.closest("[data-nav-more]");
    if (more) sheet(more, more.getAttribute("aria-expanded") !== "true");
    else if (!event.target.closest(".nav-main")) closeSheet();
    if (event.target.closest("[data-print]")) window.print();
    const fault = event.target.closest(".error-summary a[href^='#']");
    if (fault) openDialogOf(document.getElementById(fault.getAttribute("href").slice(1)));
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog).showModal();
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog").close();
    if (event.target.matches("dialog.dialog")) closeOnBackdrop(event);
  });
  const openDialogOf = (node) => {
    const dialog = node?.closest("dialog.dialog");
    if (dialog && !dialog.open) dialog.showModal();
  };
  const closeOnBackdrop = ({ target, clientX: x, clientY: y }) => {
    const box = target.getBoundingClientRect();
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) target.close();
  };

  // Keys: Esc closes, / searches, J and K walk the rows, Enter opens one (it is a link).
  const typing = (node) => node.matches("input, textarea, select, [contenteditable]");
  const walk = (step) => {
    const rows = all("[data-rows] > *").map((row) => row.querySelector("a[href]")).filter(Boolean);
    if (!rows.length) return false;
    const here = rows.findIndex((link) => link.closest("[data-rows] > *").contains(document.activeElement));
    rows[Math.max(0, Math.min(rows.length - 1, here + step))].focus();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      all("details[data-menu][open]").forEach((menu) => menu.querySelector("summary").focus());
      closeMenus(null);
      if (document.querySelector(".nav-main.is-open")) document.querySelector("[data-nav-more]").focus();
      closeSheet();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const find = document.querySelector("[data-find]");
    const key = event.key.toLowerCase();
    if (key === "/" && find) find.focus();
    else if (!((key === "j" && walk(1)) || (key === "k" && walk(-1)))) return;
    event.preventDefault();
  });

  // Sending: the button says so and cannot be pressed twice; a page from the back cache is fresh again.
  const isPost = (form) => form.getAttribute("method") === "post";  // form.method may be a field of that name
  const resting = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isPost(form) || event.defaultPrevented || "download" in form.dataset) return;
    if (form.dataset.sending) return event.preventDefault();
    form.dataset.sending = "1";
    if ("forgetAll" in form.dataset) mine().forEach((key) => localStorage.removeItem(key));
    if (nameOf(form)) sessionStorage.setItem(SENT, JSON.stringify([...refused, nameOf(form)]));
    const button = event.submitter;
    if (!button || !button.matches(".btn")) return;
    resting.set(button, Array.from(button.childNodes));
    button.replaceChildren("Đang gửi…");
    button.setAttribute("aria-busy", "true");
  });
  const rest = (button) => {
    button.removeAttribute("aria-busy");
    if (resting.has(button)) button.replaceChildren(...resting.get(button));
  };
  const calm = () => all("form[data-sending]").forEach((form) => {
    delete form.dataset.sending;
    all("[aria-busy]", form).forEach(rest);
  });
  window.addEventListener("pageshow", calm);
  document.addEventListener("htmx:afterRequest", calm);

  // Nothing typed is lost: what is written into a form is kept on this machine, for this person, until the sending led
  // to a page without an error (data-not-done marks the error pages), the person signs out, or three days have passed.
  // A form is known by data-keep, or by its page and where it is sent.
  const SENT = "chungtay-sent";
  const KEPT = `chungtay:${document.body.dataset.who}:`;
  const refused = [];
  const LONGEST = 3 * 24 * 3600 * 1000;
  const WRITTEN = "textarea, input:is([type=text], [type=number], [type=tel], [type=email], [type=date], :not([type]))";
  const mine = () => Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
  const nameOf = (form) => {
    if (form.dataset.keep) return form.dataset.keep;
    if (!document.body.dataset.who || !isPost(form)) return "";
    if (!form.querySelector(WRITTEN) || form.querySelector("[type=password]")) return "";
    const to = form.getAttribute("action") || "";
    const same = all("form").filter((one) => (one.getAttribute("action") || "") === to);
    return `${location.pathname}${location.search}>${to}#${same.indexOf(form)}`;
  };
  const recall = (key) => {
    const kept = localStorage.getItem(key);
    const at = kept ? kept.indexOf(" ") : 0;
    return kept ? { at: Number(kept.slice(0, at)), told: kept.slice(at + 1) } : null;
  };
  const fields = (form) => all("input, textarea, select", form).filter((field) =>
    field.name && !["hidden", "password", "file", "submit"].includes(field.type));
  const told = (form) => JSON.stringify(fields(form).map((field) =>
    [field.name, ["checkbox", "radio"].includes(field.type) ? field.checked : field.value]));
  const putBack = (form, kept) => fields(form).forEach((field, at) => {
    if (!kept[at] || kept[at][0] !== field.name) return;
    if (["checkbox", "radio"].includes(field.type)) field.checked = kept[at][1];
    else field.value = kept[at][1];
  });
  const offer = (form, key, kept) => {
    const box = document.createElement("div");
    box.className = "notice tone-info kept";
    box.setAttribute("role", "status");
    const body = document.createElement("div");
    body.className = "notice-body";
    const say = document.createElement("p");
    say.textContent = "Máy này còn giữ phần bạn đã viết mà chưa gửi.";
    const button = (label, tone, act) => {
      const made = document.createElement("button");
      Object.assign(made, { type: "button", textContent: label, className: `btn btn-sm btn-${tone}` });
      made.addEventListener("click", () => { act(); box.remove(); });
      return made;
    };
    body.append(say, button("Lấy lại", "primary", () => putBack(form, JSON.parse(kept))),
      button("Bỏ đi", "quiet", () => localStorage.removeItem(key)));
    box.append(body);
    form.prepend(box);
  };
  const notDone = document.querySelector("[data-not-done], [aria-invalid], .error-summary");
  const sent = JSON.parse(sessionStorage.getItem(SENT) || "[]");
  sessionStorage.removeItem(SENT);
  if (notDone) refused.push(...sent);  // sent again from this page, all of them are done
  else sent.forEach((name) => localStorage.removeItem(KEPT + name));
  mine().filter((key) => !(Date.now() - recall(key).at < LONGEST)).forEach((key) => localStorage.removeItem(key));
  all("form").filter(nameOf).forEach((form) => {
    const key = KEPT + nameOf(form);
    const kept = recall(key);
    if (kept && kept.told !== told(form) && !notDone) offer(form, key, kept.told);
    form.addEventListener("input", () => localStorage.setItem(key, `${Date.now()} ${told(form)}`));
  });

  // Progress of partial updates, hints tied to their field, focus on what went wrong.
  const line = document.querySelector(".progress-line");
  document.addEventListener("htmx:beforeRequest", () => line && line.classList.add("is-on"));
  document.addEventListener("htmx:afterRequest", () => line && line.classList.remove("is-on"));
  all("[data-describes]").forEach((hint, at) => {
    const control = document.getElementById(hint.dataset.describes);
    if (!control) return;
    hint.id = hint.id || `hint-${at}`;
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") || ""} ${hint.id}`.trim());
  });

  // Tabs wider than the screen: the open one is in sight.
  all(".tabs [aria-current]").forEach((tab) => {
    const bar = tab.closest(".tabs");
    bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  });

  // Folds: shut on a phone, open where there is room, and on paper.
  const unfold = () => all("details[data-fold]").forEach((fold) => { fold.open = true; });
  if (window.matchMedia("(min-width: 48rem)").matches) unfold();
  window.addEventListener("beforeprint", unfold);

  openDialogOf(document.querySelector("dialog.dialog .has-error"));
  const first = document.querySelector("dialog[open] .has-error :is(input, textarea, select)")
    || document.querySelector("[data-autofocus]");
  if (first && !document.querySelector("[data-still]")) first.focus();
})();

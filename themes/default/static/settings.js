/* Puts what the reader chose on the root element before anything is painted. Loaded in the head, not deferred. */
(function () {
  "use strict";
  try {
    var kept = JSON.parse(localStorage.getItem("bulletin-reading")) || {};
    ["size", "scheme", "spacing"].forEach(function (name) {
      if (/^[a-z]+$/.test(kept[name] || "")) document.documentElement.setAttribute("data-" + name, kept[name]);
    });
  } catch (error) {
    /* Storage is switched off: the page looks as the device wants it. */
  }
})();

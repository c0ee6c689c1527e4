/* Reading settings, the search box, copying and sharing, reading aloud. A control that needs scripts stays hidden
   until it works here. */
(function () {
  "use strict";
  var root = document.documentElement;

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || document).querySelectorAll(selector));
  }

  /* Reading settings: kept on the device as {size, scheme, spacing}; what is not kept is the first choice. */
  function keep() {
    var kept = {};
    ["size", "scheme", "spacing"].forEach(function (name) {
      if (root.hasAttribute("data-" + name)) kept[name] = root.getAttribute("data-" + name);
    });
    try {
      localStorage.setItem("bulletin-reading", JSON.stringify(kept));
    } catch (error) {
      /* Storage is switched off or full: the choice holds on this page. */
    }
  }

  function closeOnLeaving(panel) {
    document.addEventListener("click", function (event) {
      if (!panel.contains(event.target)) panel.open = false;
    });
    /* What has the focus must not lie under the panel. */
    panel.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !panel.contains(event.relatedTarget)) panel.open = false;
    });
    panel.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || event.defaultPrevented || !panel.open) return;
      panel.open = false;
      panel.querySelector("summary").focus();
    });
  }

  /* The search box: its script comes when the reader turns to it; "/" leads there from anywhere. */
  function offerSearch(form) {
    var input = form.querySelector("input"), panel = form.closest("details"), script = null;

    function load() {
      if (script) return;
      script = document.createElement("script");
      script.src = form.getAttribute("data-search-script");
      script.onload = function () { input.dispatchEvent(new Event("input")); };
      document.head.appendChild(script);
    }
    function isTyping(target) {
      return target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName);
    }
    input.addEventListener("focus", load);
    if (panel) panel.addEventListener("toggle", function () { if (panel.open) input.focus(); });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (panel) panel.open = true;
      input.focus();
      event.preventDefault();
    });
  }

  function offerSettings(panel) {
    all("input", panel).forEach(function (input) {
      var attribute = "data-" + input.name;
      if (root.getAttribute(attribute) === input.value) input.checked = true;
      input.addEventListener("change", function () {
        var isFirst = input === panel.querySelector('input[name="' + input.name + '"]');
        if (isFirst) root.removeAttribute(attribute);
        else root.setAttribute(attribute, input.value);
        keep();
      });
    });
    panel.hidden = false;
  }

  /* Copying and sharing. Both need a secure context (https, or this computer). */
  function offerCopy(button, text) {
    var label = button.textContent;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text).then(function () {
        button.textContent = button.getAttribute("data-copied");
        setTimeout(function () { button.textContent = label; }, 2000);
      });
    });
    button.setAttribute("aria-live", "polite");
    button.hidden = false;
  }

  function offerSharing(place) {
    var button = place.querySelector("[data-share-device]");
    var content = { title: place.getAttribute("data-share-title"), url: place.getAttribute("data-share-url") };
    button.addEventListener("click", function () {
      navigator.share(content).catch(function () { /* The reader changed their mind. */ });
    });
    button.hidden = false;
  }

  /* Reading aloud, paragraph by paragraph: long utterances are cut off by some browsers. */
  function hasVoice(language) {
    return speechSynthesis.getVoices().some(function (voice) {
      return voice.lang.slice(0, 2).toLowerCase() === language.slice(0, 2).toLowerCase();
    });
  }

  function offerReading(control, text) {
    var button = control.querySelector("button");
    var blocks = all("p, li, h2, h3, h4, figcaption", text);
    var reading = false;

    function show(isReading) {
      reading = isReading;
      button.textContent = button.getAttribute(isReading ? "data-stop" : "data-start");
    }
    function mark(block) {
      all(".being-read", text).forEach(function (marked) { marked.classList.remove("being-read"); });
      if (block) block.classList.add("being-read");
    }
    function stop() {
      show(false);
      mark(null);
      speechSynthesis.cancel();
    }
    function read(position) {
      var block = blocks[position];
      if (!reading) return;
      if (!block) { stop(); return; }
      var utterance = new SpeechSynthesisUtterance(block.textContent);
      utterance.lang = root.lang;
      utterance.onend = function () { read(position + 1); };
      utterance.onerror = stop;
      mark(block);
      speechSynthesis.speak(utterance);
    }
    button.addEventListener("click", function () {
      if (reading) { stop(); return; }
      show(true);
      read(0);
    });
    addEventListener("pagehide", stop);
    control.hidden = false;
  }

  function offerReadingWhenVoicesAreKnown(control, text) {
    if (hasVoice(root.lang)) { offerReading(control, text); return; }
    speechSynthesis.addEventListener("voiceschanged", function () {
      if (control.hidden && hasVoice(root.lang)) offerReading(control, text);
    });
  }

  all("[data-panel]").forEach(closeOnLeaving);
  all("[data-settings]").forEach(offerSettings);
  all("[data-search-script]").forEach(offerSearch);
  if (navigator.clipboard) {
    all("[data-copy]").forEach(function (button) { offerCopy(button, button.getAttribute("data-copy")); });
    all("[data-copy-text]").forEach(function (button) {
      offerCopy(button, button.parentElement.previousElementSibling.textContent);
    });
  }
  if (navigator.share) all("[data-share]").forEach(offerSharing);
  if ("SpeechSynthesisUtterance" in window && window.speechSynthesis && speechSynthesis.addEventListener) {
    all("[data-read-aloud-control]").forEach(function (control) {
      var text = document.querySelector("[data-read-aloud]");
      if (text) offerReadingWhenVoicesAreKnown(control, text);
    });
  }
})();

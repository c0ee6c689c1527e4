// Keeps a page of `bulletin serve` live. Never part of a built site.
(() => {
  const source = new URL(document.currentScript.src);
  const events = new URL("events", source);
  events.search = source.search;
  let stream = null;
  let strip = null;

  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource(events);
    stream.addEventListener("reload", () => location.reload());
    stream.addEventListener("styles", (event) => swapStyles(JSON.parse(event.data)));
    stream.addEventListener("problems", (event) => showProblems(JSON.parse(event.data)));
  }

  // Browsers allow six connections to a host: only the page that is seen keeps one.
  function rest() {
    if (stream) stream.close();
    stream = null;
  }

  function swapStyles(addresses) {
    const links = document.querySelectorAll('link[href*=".css"]');
    if (links.length !== addresses.length) return location.reload();
    links.forEach((link, index) => {
      const [address, change] = addresses[index].split("#");
      const fresh = change ? address + (address.includes("?") ? "&" : "?") + "live=" + change : address;
      if (link.getAttribute("href") !== fresh) link.setAttribute("href", fresh);
    });
  }

  function element(name, text, style) {
    const made = document.createElement(name);
    made.textContent = text;
    Object.assign(made.style, style);
    return made;
  }

  function showProblems(problems) {
    if (strip) strip.remove();
    strip = null;
    if (!problems.length) return;
    strip = element("section", "", {
      position: "fixed", inset: "auto 0 0 0", zIndex: "2147483647", maxHeight: "50vh", overflow: "auto",
      padding: "0.75rem 1rem", background: "#7a1010", color: "#fff", font: "14px/1.5 system-ui, sans-serif",
      textAlign: "start", boxShadow: "0 -2px 12px rgba(0, 0, 0, .4)",
    });
    strip.id = "bulletin-problems";
    strip.setAttribute("role", "alert");
    const title = problems.length === 1 ? "The build found an error" : `The build found ${problems.length} errors`;
    strip.append(element("strong", `${title}; this is the last good page.`, { display: "block" }));
    for (const problem of problems) {
      const line = element("p", "", { margin: "0.5rem 0 0", overflowWrap: "anywhere" });
      if (problem.where) line.append(element("code", problem.where, { fontWeight: "bold" }), " ");
      line.append(problem.what);
      if (problem.hint) line.append(element("span", ` · ${problem.hint}`, { opacity: "0.85" }));
      strip.append(line);
    }
    document.body.append(strip);
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();

/* The results page where Pagefind is the engine. It brings WebAssembly: a Content-Security-Policy must then allow
   'wasm-unsafe-eval' for scripts. Needs search.js before it, like results.js, and draws the same markup. */
(() => {
  "use strict";

  var shared = window.bulletinSearch;
  var place = document.getElementById("search-results");
  if (!shared || !place) return;
  var PAGE = 10, FILTERS = ["topic", "by", "issue", "year"], NAMES = ["q", "sort", "page"].concat(FILTERS);
  var words = JSON.parse(place.getAttribute("data-search-words"));
  var engine = null, current = 0, failures = 0;

  function say(name) { return words[name]; }

  function open() {
    // What failed to load is remembered by its address.
    var script = place.getAttribute("data-search-index") + "pagefind.js" + (failures ? "?" + failures : "");
    return engine || (engine = import(script).then(found => {
      /* Without filters() answers come without the counts of filters. */
      return found.options({ baseUrl: shared.base }).then(() => found.filters()).then(() => found);
    }).catch(mistake => {
      engine = null;
      failures++;
      throw mistake;
    }));
  }

  function readAddress() {
    var given = new URLSearchParams(location.search), chosen = {};
    NAMES.forEach(name => { chosen[name] = given.get(name) || ""; });
    return chosen;
  }

  function address(chosen, changes) {
    var wanted = new URLSearchParams();
    NAMES.forEach(name => {
      var value = name in changes ? changes[name] : name === "page" ? "" : chosen[name];
      if (value) wanted.set(name, value);
    });
    return location.pathname + "?" + wanted;
  }

  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function link(target, text, isCurrent) {
    var element = make("a", "", text);
    element.href = target;
    element.setAttribute("data-search-link", "");
    if (isCurrent) element.setAttribute("aria-current", "true");
    return element;
  }

  var fallback = make("div", "search-fallback"), view = make("div", "search-view");
  var status = make("p", "search-status"), tools = make("div", "search-tools");
  var panel = make("details", "search-facets"), facets = make("div", "search-facets-body");
  var list = make("ol", "search-list"), pager = make("nav", "search-pages");
  while (place.firstChild) fallback.appendChild(place.firstChild);
  status.setAttribute("role", "status");
  pager.setAttribute("aria-label", say("pages"));
  panel.appendChild(make("summary", "", say("filters")));
  panel.appendChild(facets);
  [status, tools, panel, list, pager].forEach(part => { view.appendChild(part); });
  place.appendChild(view);
  place.appendChild(fallback);

  /* Pagefind marks its excerpt with <mark>; everything else of it is taken as text. */
  function excerpt(html) {
    var element = make("p", "search-excerpt"), read = new DOMParser().parseFromString(html, "text/html");
    read.body.childNodes.forEach(node => {
      element.appendChild(make(node.nodeName === "MARK" ? "mark" : "span", "", node.textContent));
    });
    return element;
  }

  function drawResult(found) {
    var item = make("li", "search-result"), title = make("h2", "search-title"), about = make("p", "search-facts");
    var target = make("a", "", found.meta.title);
    target.href = found.url;
    title.appendChild(target);
    if (found.meta.kicker) item.appendChild(make("p", "search-kicker", found.meta.kicker));
    item.appendChild(title);
    item.appendChild(excerpt(found.excerpt));
    ["date", "issue", "byline"].forEach(name => {
      if (found.meta[name]) about.appendChild(make("span", "", found.meta[name]));
    });
    item.appendChild(about);
    return item;
  }

  function drawTools(chosen) {
    tools.appendChild(link(address(chosen, { sort: "" }), say("relevance"), !chosen.sort));
    tools.appendChild(link(address(chosen, { sort: "date" }), say("date"), chosen.sort === "date"));
  }

  function drawFacets(chosen, filters) {
    FILTERS.forEach(kind => {
      var group = make("div", "search-facet"), items = make("ul"), counts = filters[kind] || {};
      var names = Object.keys(counts).filter(name => name && counts[name]);
      names.sort((a, b) => counts[b] - counts[a]);
      group.appendChild(make("h2", "", say(kind)));
      names.slice(0, 15).forEach(name => {
        var isChosen = chosen[kind] === name, changes = {}, item = make("li");
        changes[kind] = isChosen ? "" : name;
        var target = link(address(chosen, changes), name, isChosen);
        target.appendChild(make("span", "search-facet-count", String(counts[name])));
        item.appendChild(target);
        items.appendChild(item);
      });
      group.appendChild(items);
      if (names.length) facets.appendChild(group);
    });
  }

  function drawPager(chosen, count, page) {
    for (var number = 1; number <= Math.min(Math.ceil(count / PAGE), 20) && count > PAGE; number++) {
      pager.appendChild(link(address(chosen, { page: number > 1 ? String(number) : "" }), String(number), number === page));
    }
  }

  function options(chosen) {
    var filters = {};
    FILTERS.forEach(kind => { if (chosen[kind]) filters[kind] = chosen[kind]; });
    return chosen.sort === "date" ? { filters: filters, sort: { date: "desc" } } : { filters: filters };
  }

  function run() {
    var chosen = readAddress(), mine = ++current, page = Math.max(1, parseInt(chosen.page, 10) || 1);
    fallback.hidden = Boolean(chosen.q);
    view.hidden = !chosen.q;
    if (!chosen.q) return;
    place.setAttribute("aria-busy", "true");
    status.textContent = say("busy");
    open().then(found => found.search(chosen.q, options(chosen))).then(answer => {
      var wanted = answer.results.slice(PAGE * (page - 1), PAGE * page);
      return Promise.all(wanted.map(result => result.data())).then(results => {
        if (mine !== current) return;
        [tools, facets, list, pager].forEach(part => { part.textContent = ""; });
        results.forEach(result => { list.appendChild(drawResult(result)); });
        drawTools(chosen);
        drawFacets(chosen, answer.filters);
        drawPager(chosen, answer.results.length, page);
        var count = answer.results.length;
        status.textContent = count ? say("count").replace("{n}", count) : say("none").replace("{q}", () => chosen.q);
      });
    }).catch(() => {
      status.textContent = say("failed");
      fallback.hidden = false;
    }).then(() => {
      if (mine === current) place.setAttribute("aria-busy", "false");
    });
  }

  function go(target) {
    history.pushState(null, "", target);
    run();
  }

  shared.form.addEventListener("submit", event => {
    event.preventDefault();
    go(address(readAddress(), { q: shared.input.value.trim() }));
  });
  view.addEventListener("click", event => {
    var target = event.target.closest("[data-search-link]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(target.getAttribute("href"));
  });
  shared.walk(list);
  window.addEventListener("popstate", () => {
    shared.input.value = readAddress().q;
    run();
  });

  /* For tests and measurements: Pagefind's names of the documents found. */
  shared.find = query => {
    return open().then(found => found.search(query)).then(answer => {
      return { names: answer.results.map(result => result.id) };
    });
  };

  shared.input.value = readAddress().q || shared.input.value;
  run();
})();

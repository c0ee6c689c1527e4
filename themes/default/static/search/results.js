/* The results page: reads the index (docs/search.md describes its files), ranks, verifies, shows.
   Needs search.js before it and an element with the id search-results to write into. */
(() => {
  "use strict";

  var shared = window.bulletinSearch;
  var place = document.getElementById("search-results");
  if (!shared || !place) return;
  var PAGE = 10, FIRST_VIEW = 3, VIEW = 5, GRAMS = 4, SHARDS_IN_GROUP = 32, BLOCK = 3, QUIETLY = 12,
    WANTED = 300;
  // What is said to the reader, from the messages of the theme.
  var input = shared.input, words = JSON.parse(place.dataset.searchWords);

  function say(name, values) {
    return words[name].replace(/\{(\w)\}/g, (all, key) => values && key in values ? values[key] : all);
  }

  /* ---- The index ---- */

  /* What is made once: by name, promises of it. What failed is made again when next asked for. */
  var made = {}, lastQuery = "";

  function once(name, make) {
    return made[name] || (made[name] = make().catch(mistake => {
      delete made[name];
      throw mistake;
    }));
  }

  function open() {
    return once("directory", async () => {
      var found = await shared.directory(), offset = 0;
      found.segments = [];
      found.volumes.forEach(volume => {
        volume.offset = offset;
        volume.firsts = readTerms(volume.terms);
        volume.segments.forEach(segment => {
          found.segments.push({ name: segment[0], offset, count: segment[1], stamp: segment[2] });
          offset += segment[1];
        });
      });
      found.count = offset;
      return found;
    });
  }

  /* Number of elements that are not greater than `value`, in ascending order. */
  function upper(values, value) {
    var low = 0, high = values.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (values[middle] <= value) low = middle + 1; else high = middle;
    }
    return low;
  }

  function reader(bytes, at) {
    var numbers = { at, next: () => {
      for (var value = 0, scale = 1; ; scale *= 128) {
        var byte = bytes[numbers.at++];
        value += (byte & 127) * scale;
        if (!(byte > 127)) return value;
      }
    } };
    return numbers;
  }

  function shard(volume, place) {
    return once("shard " + volume.offset + " " + place, () => loadShard(volume, place));
  }

  async function loadShard(volume, place) {
    var name = Array.from(volume.firsts[place], letter => letter.codePointAt(0).toString(16)).join("-");
    var stamp = volume.stamps.substr(4 * Math.floor(place / SHARDS_IN_GROUP), 4);
    var bytes = await shared.load(volume.name + "/" + name + ".bin", stamp);
    var numbers = reader(bytes, 0), length = numbers.next(), total = 0, counts = [];
    var terms = readTerms(wide(bytes.subarray(numbers.at, numbers.at + length)));
    numbers.at += length;
    for (var i = 0; i < terms.length; i++) {
      counts.push(numbers.next());
      total += counts[i];
    }
    return { bytes, terms, counts, distances: numbers.at, payloads: bytes.length - total };
  }

  function wide(bytes) {
    return new TextDecoder("utf-16le").decode(bytes);
  }

  /* A line for each first character, second ones after it (tab: none). After SOH stands a third character, after
     STX a second one that is no term by itself. */
  function readTerms(text) {
    var terms = [], first = "", second = "", sign = "";
    Array.from(text).forEach(letter => {
      if (letter === "\n") first = "";
      else if (!first) first = letter;
      else if (letter === "\x01" || letter === "\x02") sign = letter;
      else {
        if (sign === "\x01") terms.push(first + second + letter);
        else second = letter;
        if (!sign) terms.push(letter === "\t" ? first : first + letter);
        sign = "";
      }
    });
    return terms;
  }

  /* Documents (as numbers over all volumes, oldest 0) that hold the term at `place`, with their payloads. */
  function postings(volume, found, place) {
    var bytes = found.bytes, before = 0, at = found.distances, i;
    for (i = 0; i < place; i++) before += found.counts[i];
    for (i = before; i;) if (bytes[at++] < 128) i--;
    var count = found.counts[place], documents = new Int32Array(count), last = volume.offset;
    for (i = 0; i < count; i++) {
      for (var shift = 0; bytes[at] > 127; shift += 7) last += (bytes[at++] & 127) << shift;
      documents[i] = last += bytes[at++] << shift;
    }
    var start = found.payloads + before;
    return { documents, payloads: bytes.subarray(start, start + count) };
  }

  async function lookUp(volume, term) {
    var place = upper(volume.firsts, term) - 1;
    if (place < 0) return [];
    var found = await shard(volume, place), at = upper(found.terms, term) - 1;
    return at >= 0 && found.terms[at] === term ? [postings(volume, found, at)] : [];
  }

  /* A single character: its own term where it is frequent, else every term that begins with it. */
  async function lookUpCharacter(volume, character) {
    var first = Math.max(0, upper(volume.firsts, character) - 1);
    var end = upper(volume.firsts, character + "\uffff");
    if (end <= first) return [];
    function read(from, to) {
      var wanted = [];
      for (var i = from; i < to; i++) wanted.push(shard(volume, i));
      return Promise.all(wanted);
    }
    var found = await read(first, Math.min(end, first + 2)), lists = [];
    for (var i = 0; i < found.length; i++) {
      var at = found[i].terms.indexOf(character);
      if (at >= 0) return [postings(volume, found[i], at)];
    }
    (await read(first, end)).forEach(part => {
      part.terms.forEach((term, at) => {
        if (term.indexOf(character) === 0) lists.push(postings(volume, part, at));
      });
    });
    return lists;
  }

  var NOTHING = { documents: new Int32Array(0), payloads: new Uint8Array(0) };

  /* Several lists as one; payload bits of a document in more than one of them are united. */
  function unite(lists) {
    if (lists.length < 2) return lists[0] || NOTHING;
    var known = new Map();
    lists.forEach(list => {
      list.documents.forEach((number, i) => {
        var old = known.get(number) || 0, payload = list.payloads[i];
        known.set(number, ((old | payload) & ~3) | Math.max(old & 3, payload & 3));
      });
    });
    var documents = Int32Array.from(known.keys()).sort();
    var payloads = Uint8Array.from(documents, number => known.get(number));
    return { documents, payloads };
  }

  function concatenate(parts) {
    var total = parts.reduce((sum, part) => sum + part.documents.length, 0), at = 0;
    var all = { documents: new Int32Array(total), payloads: new Uint8Array(total) };
    parts.forEach(part => {
      all.documents.set(part.documents, at);
      all.payloads.set(part.payloads, at);
      at += part.documents.length;
    });
    return all;
  }

  function everyForm(term, variants) {
    var forms = [""];
    Array.from(term).forEach(letter => {
      var letters = (variants && variants.forms.get(letter)) || [letter], longer = [];
      forms.forEach(form => { letters.forEach(next => { longer.push(form + next); }); });
      forms = longer;
    });
    return forms;
  }

  async function documentsWith(found, term, variants) {
    var forms = everyForm(term, variants);
    var read = Array.from(term).length === 1 ? lookUpCharacter : lookUp;
    return concatenate(await Promise.all(found.volumes.map(async volume => {
      return unite((await Promise.all(forms.map(form => read(volume, form)))).flat());
    })));
  }

  /* ---- The query ---- */

  function isGap(letter) {
    return /[\p{P}\p{Z}\p{Cc}\p{Cf}\p{Cs}]/u.test(letter) && "%‰&#@".indexOf(letter) < 0;
  }

  /* Phrases of a query: words apart, quoted ones together. Each has the runs that can be looked up. */
  function parse(query) {
    var phrases = [], pattern = /["“”„「『]([^"“”」』]*)(?:["“”」』]|$)|([^\s"“”„「『]+)/g, part;
    while ((part = pattern.exec(query))) {
      var phrase = shared.fold((part[1] === undefined ? part[2] : part[1]).trim());
      if (phrase) phrases.push({ text: phrase, runs: runsOf(phrase) });
    }
    return phrases;
  }

  function runsOf(phrase) {
    return Array.from(phrase, letter => isGap(letter) ? " " : letter).join("")
      .split(" ").filter(Boolean).map(run => Array.from(run));
  }

  /* Terms that together stand for a run: first and last always, at most GRAMS of them. */
  function gramsOf(run) {
    if (run.length < 3) return [run.join("")];
    var grams = [], covered = 0;
    for (var i = 0; i + 2 <= run.length; i++) {
      var triple = run.slice(i, i + 3).join("");
      var isTriple = i + 3 <= run.length && /[0-9a-z]/.test(triple);
      if (!isTriple && i + 2 <= covered) continue;
      grams.push(isTriple ? triple : run[i] + run[i + 1]);
      covered = i + (isTriple ? 3 : 2);
    }
    if (grams.length <= GRAMS) return grams;
    var chosen = [];
    for (var j = 0; j < GRAMS; j++) chosen.push(grams[Math.round(j * (grams.length - 1) / (GRAMS - 1))]);
    return chosen;
  }

  /* ---- Matching and ranking ---- */

  var FREQUENCY = 3, IN_TITLE = 4, BEGINS = 8, ENDS = 16, WHOLE = 32, NUMBERS = Math.pow(2, 26);

  function intersect(lists) {
    var order = lists.slice().sort((a, b) => a.documents.length - b.documents.length);
    return order.slice(1).reduce((kept, list) => {
      var other = list.documents, at = 0;
      return kept.filter(number => {
        while (at < other.length && other[at] < number) at++;
        return other[at] === number;
      });
    }, order[0].documents);
  }

  /* Adds what one run of the query says for each document, the rarer the run the more: the headline counts more
     than all else together, then standing on word boundaries, then how often it occurs. */
  function addScores(scores, documents, lists, count) {
    var fewest = Math.min.apply(null, lists.map(list => list.documents.length));
    var rarity = Math.log(1 + count / (fewest + 1)), places = new Int32Array(lists.length);
    for (var i = 0; i < documents.length; i++) {
      var all = 255, often = FREQUENCY, first = 0, last = 0;
      for (var j = 0; j < lists.length; j++) {
        var at = places[j], numbers = lists[j].documents;
        while (numbers[at] !== documents[i]) at++;
        places[j] = at;
        last = lists[j].payloads[at];
        if (!j) first = last;
        all &= last;
        if ((last & FREQUENCY) < often) often = last & FREQUENCY;
      }
      var stands = first & BEGINS && last & ENDS ? (lists.length > 1 || all & WHOLE ? 3 : 1.5) : 0;
      scores[i] += rarity * (1 + (all & IN_TITLE ? 4 : 0) + stands + often / 4);
    }
  }

  async function find(phrases, variants) {
    var found = await open();
    var groups = await Promise.all(phrases.map(phrase => phrase.runs).flat().map(run => {
      return Promise.all(gramsOf(run).map(gram => documentsWith(found, gram, variants)));
    }));
    var documents = intersect(groups.flat()), scores = new Float64Array(documents.length);
    groups.forEach(lists => { addScores(scores, documents, lists, found.count); });
    return { documents, scores, isExact: phrases.every(isSettledByIndex), verified: new Map() };
  }

  /* Numbers of documents in the order they are shown. Sorting plain numbers takes a tenth of the time that
     comparing objects does: the score stands above, the number (the newer the higher) below. */
  function inOrder(result, byDate) {
    if (byDate) return Array.from(result.documents).reverse();
    var keys = Float64Array.from(result.documents, (number, i) => Math.round(result.scores[i] * 1000) * NUMBERS + number);
    return Array.from(keys.sort(), key => key % NUMBERS).reverse();
  }

  /* A phrase of one term needs no look at the text: the index says all. */
  function isSettledByIndex(phrase) {
    var run = phrase.runs[0];
    return phrase.runs.length === 1 && run.join("") === phrase.text && gramsOf(run).length === 1;
  }

  /* ---- Documents ---- */

  async function loadDocument(found, number) {
    var segment = found.segments[upper(found.segments.map(part => part.offset), number) - 1];
    var local = number - segment.offset, path = "documents/" + segment.name + "/" + Math.floor(local / BLOCK);
    var row = JSON.parse(wide(await shared.load(path + ".bin", segment.stamp)))[local % BLOCK];
    return row && {
      url: row[0], title: row[1], kicker: row[2], subtitle: row[3], byline: row[4], date: row[5],
      issue: row[6], body: row[7]
    };
  }

  function holdsAll(article, phrases, folding) {
    var fields = [article.title, article.kicker, article.subtitle, ...article.byline, article.body];
    var all = Array.from(fields.join("\0"), folding).join("");
    return phrases.every(phrase => all.indexOf(phrase.text) >= 0);
  }

  /* Verifies candidates until `end` of them stand (or the list or patience ends); false ones leave it. Those of
     the pages before count: what leaves there moves all that follows. */
  async function verify(state, end, patience) {
    var result = state.result, looked = 0, start = result.isExact ? state.start : 0, found = await open();
    for (;;) {
      var wanted = state.shown.slice(start, end).filter(number => !result.verified.has(number));
      if (!wanted.length || looked > patience) return !wanted.length;
      looked += wanted.length;
      (await Promise.all(wanted.map(number => loadDocument(found, number)))).forEach((article, i) => {
        var holds = article && holdsAll(article, state.phrases, state.folding);
        result.verified.set(wanted[i], holds ? article : null);
      });
      state.shown = state.shown.filter(number => stands(result, number));
    }
  }

  /* A phrase of several terms is settled by the text alone: few candidates are all looked at, more of them
     counted as "about". */
  function isCounted(result, numbers) {
    return result.isExact || numbers.every(number => result.verified.has(number));
  }

  async function settle(state, numbers, most) {
    var result = state.result;
    if (state !== current || isCounted(result, numbers) || numbers.length > most) return;
    var all = { result, shown: Array.from(numbers), start: 0, phrases: state.phrases, folding: state.folding };
    await verify(all, numbers.length, most);
    if (state !== current) return;
    state.shown = state.shown.filter(number => stands(result, number));
    drawStatus(state, true);
    drawPager(state);
  }

  function stands(result, number) { return result.verified.get(number) !== null; }

  /* ---- Facets ---- */

  function openFacets() {
    return once("facets", async () => {
      var all = { date: [], issue: [], topic: [], by: [], label: {} }, found = await open();
      var files = found.volumes.map(volume => shared.load(volume.name + "/facets.bin", volume.facets));
      (await Promise.all(files)).forEach(bytes => { readFacets(bytes, all); });
      return all;
    });
  }

  function readFacets(bytes, all) {
    var numbers = reader(bytes, 0), length = numbers.next(), count = 0;
    var head = JSON.parse(shared.text(bytes.subarray(numbers.at, numbers.at + length)));
    numbers.at += length;
    head.dates.forEach(run => {
      count += run[1];
      for (var i = 0; i < run[1]; i++) all.date.push(run[0]);
    });
    head.issues.forEach(run => {
      all.label["issue " + run[0]] = run[1] || run[0];
      for (var i = 0; i < run[2]; i++) all.issue.push(run[0] ? [run[0]] : []);
    });
    head.topics.forEach(topic => { all.label["topic " + topic[0]] = topic[1]; });
    readLists(numbers, count, head.topics.map(topic => topic[0]), all.topic);
    readLists(numbers, count, head.bylines, all.by);
  }

  function readLists(numbers, count, values, lists) {
    for (var i = 0; i < count; i++) {
      var list = [];
      for (var j = numbers.next(); j; j--) list.push(values[numbers.next()]);
      lists.push(list);
    }
  }

  function passes(all, number, chosen, except) {
    return ["topic", "by", "issue"].every(kind => kind === except || !chosen[kind] || all[kind][number].indexOf(chosen[kind]) >= 0) && (except === "month" || isInRange(all.date[number], chosen.from, chosen.to));
  }

  /* Bounds may be a year, a month or a day; a bound includes all of what it names. */
  function isInRange(date, from, to) {
    return (!from || (date && date >= from)) && (!to || (date && date.slice(0, to.length) <= to));
  }

  /* Values of a facet, with how many results choosing them would leave. Periods are the years; within one year,
     that year and its months. */
  function countFacet(all, state, kind) {
    var counts = new Map(), chosen = state.chosen, year = (chosen.from || "").slice(0, 4);
    var isWithinYear = year && year === (chosen.to || "").slice(0, 4);
    function count(value) { counts.set(value, (counts.get(value) || 0) + 1); }
    state.result.documents.forEach(number => {
      if (!stands(state.result, number) || !passes(all, number, chosen, kind)) return;
      if (kind !== "month") return void all[kind][number].forEach(count);
      var date = all.date[number];
      if (!isWithinYear) count(date.slice(0, 4));
      else if (date.slice(0, 4) === year) [4, 7].forEach(length => { count(date.slice(0, length)); });
    });
    // What was chosen stands there in any case: else nobody could take it back.
    var value = kind === "month" ? isPeriod(chosen, chosen.from) && chosen.from : chosen[kind];
    if (value && !counts.has(value)) counts.set(value, 0);
    return Array.from(counts).sort((a, b) => {
      if (kind === "month") return a[0].length - b[0].length || (a[0] < b[0] ? 1 : -1);
      return b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
    });
  }

  /* ---- Simplified and traditional ---- */

  function openVariants() {
    return once("variants", async () => {
      var base = new Map(), forms = new Map();
      shared.text(await shared.load("variants.bin", (await open()).variants)).split("\n").forEach(row => {
        var letters = Array.from(row);
        letters.forEach(letter => {
          base.set(letter, letters[0]);
          forms.set(letter, letters);
        });
      });
      return { base, forms };
    });
  }

  /* ---- The address ---- */

  var NAMES = ["q", "sort", "fold", "topic", "by", "issue", "from", "to", "page"];

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
    var query = wanted.toString();
    return location.pathname + (query ? "?" + query : "");
  }

  function go(target, isNew) {
    history[isNew ? "pushState" : "replaceState"](null, "", target);
    return run();
  }

  /* ---- Drawing ---- */

  /* Parts are texts and elements; what is empty is left out. */
  function make(tag, name, ...parts) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...parts.filter(Boolean));
    return element;
  }

  function link(target, text, isCurrent) {
    var element = make("a", "", text);
    element.href = target;
    if (isCurrent) element.setAttribute("aria-current", "true");
    element.setAttribute("data-search-link", text);
    return element;
  }

  var fallback = make("div", "search-fallback", ...place.childNodes);
  var status = make("p", "search-status"), tools = make("div", "search-tools");
  var panelBody = make("div", "search-facets-body");
  var panel = make("details", "search-facets", make("summary", "", say("filters")), panelBody);
  var list = make("ol", "search-list"), more = make("div", "search-more"), pager = make("nav", "search-pages");
  var view = make("div", "search-view", status, tools, panel, list, more, pager);
  status.setAttribute("role", "status");
  status.tabIndex = -1;
  pager.setAttribute("aria-label", say("pages"));
  place.append(view, fallback);

  function excerpt(article, state) {
    var letters = Array.from(article.body), plain = Array.from(article.body, state.folding).join("");
    var at = -1;
    state.phrases.forEach(phrase => {
      var found = plain.indexOf(phrase.text);
      if (found >= 0) found = Array.from(plain.slice(0, found)).length;
      if (found >= 0 && (at < 0 || found < at)) at = found;
    });
    var start = Math.max(0, at - 24), end = Math.min(letters.length, start + 96);
    var part = (start ? "…" : "") + letters.slice(start, end).join("") + (end < letters.length ? "…" : "");
    return mark(part.replace(/\s+/g, " "), state, "p", "search-excerpt");
  }

  function mark(text, state, tag, name) {
    var phrases = state.phrases.map(phrase => phrase.text);
    return make(tag, name, ...shared.marked(text, phrases, state.folding));
  }

  function drawResult(article, state) {
    var target = mark(article.title, state, "a", ""), date = make("time", "", article.date);
    target.href = shared.base + article.url.replace(/^\//, "");
    date.dateTime = article.date;
    return make("li", "search-result",
      article.kicker && mark(article.kicker, state, "p", "search-kicker"),
      make("h2", "search-title", target),
      article.subtitle && mark(article.subtitle, state, "p", "search-subtitle"),
      excerpt(article, state),
      make("p", "search-facts",
        article.date && date,
        numbersOf(article.issue) !== numbersOf(article.date) && make("span", "", article.issue),
        article.byline.length && mark(article.byline.join(" "), state, "span", "")));
  }

  /* An issue without a number is called by its date, which need not stand there twice. */
  function numbersOf(text) { return (text.match(/\d+/g) || []).map(Number).join(); }

  function drawStatus(state, isComplete) {
    var count = state.shown.length;
    var text = say(isCounted(state.result, state.shown) ? "count" : "about", { n: count.toLocaleString() });
    if (!count) text = (state.isFiltered ? text : say("none", { q: state.chosen.q })) + "。" + say("hints");
    if (!count && !isComplete) text = say("busy");
    if (state.said === text) return;
    state.said = text;
    // The same words for another query would not be announced.
    status.textContent = text + (status.textContent === text ? "\u200b" : "");
  }

  function drawTools(state) {
    tools.textContent = "";
    var byDate = state.chosen.sort === "date", folds = Boolean(state.chosen.fold);
    var toggle = link(address(state.chosen, { fold: folds ? "" : "1" }), say("fold"));
    toggle.setAttribute("role", "switch");
    toggle.setAttribute("aria-checked", folds);
    tools.append(link(address(state.chosen, { sort: "" }), say("relevance"), !byDate),
      link(address(state.chosen, { sort: "date" }), say("date"), byDate), toggle);
  }

  function drawPager(state) {
    var pages = Math.ceil(state.shown.length / PAGE), current = state.start / PAGE + 1;
    // Drawn anew without need, it would lose the focus.
    if (state.pages === pages) return;
    state.pages = pages;
    pager.textContent = "";
    if (pages < 2) return;
    var from = Math.max(1, Math.min(current - 2, pages - 4)), numbers = [1];
    for (var page = from; page < from + 5 && page <= pages; page++) if (page > 1) numbers.push(page);
    if (numbers[numbers.length - 1] < pages) numbers.push(pages);
    numbers.forEach((number, i) => {
      if (i && number > numbers[i - 1] + 1) pager.append(make("span", "", "…"));
      var target = address(state.chosen, { page: number > 1 ? number : "" });
      var element = link(target, number, number === current);
      if (number === current) element.setAttribute("aria-current", "page");
      pager.append(element);
    });
  }

  async function drawFacets(state) {
    if (!panel.open) return;
    var ready = await Promise.all([openFacets(), settle(state, state.result.documents, WANTED)]), all = ready[0];
    if (state !== current) return;
    panelBody.textContent = "";
    panelBody.append(drawRange(state));
    ["month", "topic", "by", "issue"].forEach(kind => {
      var counts = countFacet(all, state, kind);
      if (counts.length) panelBody.append(drawFacet(all, state, kind, counts));
    });
  }

  function drawFacet(all, state, kind, counts) {
    var items = make("ul"), chosen = state.chosen;
    counts.forEach((entry, place) => {
      var value = entry[0], isChosen = kind === "month" ? isPeriod(chosen, value) : chosen[kind] === value;
      var changes = {}, wanted = isChosen ? "" : value;
      if (place >= (kind === "month" ? 60 : 15) && !isChosen) return;
      if (kind === "month") {
        if (isChosen && value.length > 4) wanted = value.slice(0, 4);
        changes = { from: wanted, to: wanted };
      } else {
        changes[kind] = wanted;
      }
      var text = all.label[kind + " " + value] || value || say("undated");
      var element = value ? link(address(chosen, changes), text, isChosen) : make("span", "", text);
      var about = isCounted(state.result, state.result.documents) ? "" : "≈";
      element.append(make("span", "search-facet-count", about + entry[1].toLocaleString()));
      items.append(make("li", "", element));
    });
    return make("div", "search-facet", make("h2", "", say(kind)), items);
  }

  function isPeriod(chosen, value) {
    return Boolean(value) && chosen.from === value && chosen.to === value;
  }

  function drawRange(state) {
    var range = make("form", "search-range");
    ["from", "to"].forEach(name => {
      var field = make("input");
      field.type = "date";
      field.name = name;
      field.value = dayOf(state.chosen[name], name === "to");
      range.append(make("label", "", say(name), field));
    });
    range.append(make("button", "", say("apply")));
    range.addEventListener("submit", event => {
      event.preventDefault();
      go(address(state.chosen, { from: range.elements.from.value, to: range.elements.to.value }), true);
    });
    return range;
  }

  /* First or last day of a year or month. */
  function dayOf(period, isLast) {
    var parts = period.split("-").map(Number), day = parts[2] || (isLast ? 0 : 1);
    if (!/^\d{4}/.test(period)) return "";
    var month = parts[1] ? parts[1] - 1 : isLast ? 11 : 0;
    return new Date(Date.UTC(parts[0], month + (isLast && !parts[2] ? 1 : 0), day)).toISOString().slice(0, 10);
  }

  /* ---- One search ---- */

  var current = null, watcher = null;

  /* What cannot be read is tried once more from the beginning: the site may have been published anew. */
  function fail() {
    shared.forget();
    made = {};
    if (!current.isSecond) return run(true);
    clear();
    status.textContent = say("failed");
    fallback.hidden = false;
    place.setAttribute("aria-busy", "false");
  }

  function clear() {
    [tools, panelBody, list, more, pager].forEach(part => { part.textContent = ""; });
    if (watcher) watcher.disconnect();
  }

  async function run(isSecond) {
    var chosen = readAddress(), phrases = parse(chosen.q);
    var state = current = { chosen, phrases, folding: shared.foldCharacter, isSecond };
    view.hidden = !phrases.length;
    fallback.hidden = phrases.some(phrase => phrase.runs.length);
    place.setAttribute("aria-busy", fallback.hidden);
    if (!fallback.hidden) {
      clear();
      status.textContent = say("letters");
      return;
    }
    if (!list.firstChild) status.textContent = say("busy");
    try {
      await look(state, chosen);
    } catch (mistake) {
      return state === current && fail();
    }
    if (state !== current) return;
    place.setAttribute("aria-busy", "false");
    // Where it fails, the count stays a rough one: what is shown is right.
    settle(state, state.shown, QUIETLY).catch(() => null);
  }

  async function look(state, chosen) {
    var table = chosen.fold && await openVariants();
    if (table) useVariants(state, table);
    state.isFiltered = ["topic", "by", "issue", "from", "to"].some(name => chosen[name]);
    if (state.isFiltered) panel.open = true;
    // What was found to be there or not holds for all pages, filters and orders of the query.
    var query = chosen.fold + chosen.q;
    if (lastQuery !== query) delete made.result;
    lastQuery = query;
    var found = once("result", () => find(state.phrases, table));
    var ready = await Promise.all([found, state.isFiltered && openFacets()]);
    if (state !== current) return;
    state.result = ready[0];
    state.shown = inOrder(state.result, chosen.sort === "date").filter(number => {
      return stands(state.result, number) && (!ready[1] || passes(ready[1], number, chosen, ""));
    });
    await show(state);
  }

  function useVariants(state, table) {
    state.folding = letter => {
      var folded = shared.foldCharacter(letter);
      return table.base.get(folded) || folded;
    };
    state.phrases = state.phrases.map(phrase => {
      var text = Array.from(phrase.text, state.folding).join("");
      return { text, runs: runsOf(text) };
    });
  }

  async function show(state) {
    var pages = Math.max(1, Math.ceil(state.shown.length / PAGE));
    state.start = PAGE * (Math.min(Math.max(1, parseInt(state.chosen.page, 10) || 1), pages) - 1);
    clear();
    state.pages = 0;
    drawStatus(state, false);
    drawTools(state);
    await extend(state, state.start + FIRST_VIEW);
    await drawFacets(state);
  }

  /* Adds verified results up to `end`; the rest of the page follows when it comes into view. */
  async function extend(state, end) {
    var isDone = await verify(state, end, end + 90);
    if (state !== current) return;
    if (state.start && state.start >= state.shown.length) return show(state);
    for (var i = state.start + list.children.length; i < Math.min(end, state.shown.length); i++) {
      var article = state.result.verified.get(state.shown[i]);
      if (!article) break;
      list.append(drawResult(article, state));
    }
    list.start = state.start + 1;
    drawStatus(state, true);
    drawPager(state);
    awaitMore(state, isDone);
  }

  function awaitMore(state, isDone) {
    // What fills a window comes at once, the rest of the page when the reader gets there.
    var end = state.start + (list.children.length < VIEW && isDone ? VIEW : PAGE);
    more.textContent = "";
    if (watcher) watcher.disconnect();
    if (!isDone) {
      var button = make("button", "", say("more"));
      button.addEventListener("click", () => { extend(state, end).catch(fail); });
      more.append(button);
    } else if (state.start + list.children.length < Math.min(end, state.shown.length)) {
      watcher = new IntersectionObserver(entries => {
        if (!entries.some(entry => entry.isIntersecting)) return;
        watcher.disconnect();
        extend(state, end).catch(fail);
      }, { rootMargin: "100px" });
      watcher.observe(more);
    }
  }

  /* ---- What the reader does ---- */

  var waiting = 0, isDraft = false;

  /* What is typed on shares an entry of the history, until it is submitted. */
  function ask(isSubmitted) {
    clearTimeout(waiting);
    var chosen = readAddress(), query = input.value.trim(), isOther = query !== chosen.q, wasDraft = isDraft;
    isDraft = !isSubmitted && (isDraft || isOther);
    if (isOther || isSubmitted) go(address(chosen, { q: query }), isOther && !wasDraft && (isSubmitted || chosen.q));
  }

  shared.form.addEventListener("submit", event => {
    event.preventDefault();
    ask(true);
  });
  input.addEventListener("input", event => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, 250, false);
  });
  input.addEventListener("compositionend", () => { waiting = setTimeout(ask, 250, false); });
  shared.walk(list);
  view.addEventListener("click", event => {
    var target = event.target.closest("[data-search-link]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    isDraft = false;
    var name = pager.contains(target) ? "" : target.getAttribute("data-search-link");
    go(target.getAttribute("href"), true).then(() => {
      // What had the focus was drawn anew.
      var again = name && view.querySelector('[data-search-link="' + CSS.escape(name) + '"]');
      if (!view.contains(document.activeElement)) (again || status).focus();
    });
  });
  panel.addEventListener("toggle", () => {
    if (current && current.result) drawFacets(current).catch(fail);
  });
  window.addEventListener("popstate", () => {
    isDraft = false;
    input.value = readAddress().q;
    run();
  });

  /* For tests, measurements and other views of the results: numbers of the documents found, oldest 0. */
  shared.find = async query => {
    var result = await find(parse(query), null);
    return { numbers: Array.from(result.documents), isExact: result.isExact };
  };

  input.value = readAddress().q || input.value;
  run();
  // Who comes here will search: the directory may come meanwhile.
  open().catch(() => null);
})();

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
  var input = shared.input, words = JSON.parse(place.getAttribute("data-search-words"));

  function say(name, values) {
    return words[name].replace(/\{(\w)\}/g, (all, key) => values && key in values ? values[key] : all);
  }

  /* ---- The index ---- */

  var directory = null;

  function open() {
    return directory || (directory = shared.directory().then(found => {
      var offset = 0;
      found.segments = [];
      found.volumes.forEach(volume => {
        volume.offset = offset;
        volume.firsts = readTerms(volume.terms);
        volume.shards = [];
        volume.segments.forEach(segment => {
          found.segments.push({ name: segment[0], offset: offset, count: segment[1], stamp: segment[2] });
          offset += segment[1];
        });
      });
      found.count = offset;
      return found;
    }).catch(mistake => {
      directory = null;
      throw mistake;
    }));
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
    var numbers = { at: at, next: () => {
      for (var value = 0, scale = 1; ; scale *= 128) {
        var byte = bytes[numbers.at++];
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
    } };
    return numbers;
  }

  function shard(volume, place) {
    return volume.shards[place] || (volume.shards[place] = loadShard(volume, place).catch(mistake => {
      volume.shards[place] = null;
      throw mistake;
    }));
  }

  function loadShard(volume, place) {
    var name = Array.from(volume.firsts[place], letter => letter.codePointAt(0).toString(16)).join("-");
    var stamp = volume.stamps.substr(4 * Math.floor(place / SHARDS_IN_GROUP), 4);
    return shared.load(volume.name + "/" + name + ".bin", stamp).then(bytes => {
      var numbers = reader(bytes, 0), length = numbers.next(), total = 0, counts = [];
      var terms = readTerms(wide(bytes.subarray(numbers.at, numbers.at + length)));
      numbers.at += length;
      for (var i = 0; i < terms.length; i++) {
        counts.push(numbers.next());
        total += counts[i];
      }
      return { bytes: bytes, terms: terms, counts: counts, distances: numbers.at, payloads: bytes.length - total };
    });
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
    return { documents: documents, payloads: bytes.subarray(start, start + count) };
  }

  function lookUp(volume, term) {
    var place = upper(volume.firsts, term) - 1;
    if (place < 0) return Promise.resolve([]);
    return shard(volume, place).then(found => {
      var at = upper(found.terms, term) - 1;
      return at >= 0 && found.terms[at] === term ? [postings(volume, found, at)] : [];
    });
  }

  /* A single character: its own term where it is frequent, else every term that begins with it. */
  function lookUpCharacter(volume, character) {
    var first = Math.max(0, upper(volume.firsts, character) - 1);
    var end = upper(volume.firsts, character + "\uffff");
    if (end <= first) return Promise.resolve([]);
    function read(from, to) {
      var wanted = [];
      for (var i = from; i < to; i++) wanted.push(shard(volume, i));
      return Promise.all(wanted);
    }
    return read(first, Math.min(end, first + 2)).then(found => {
      for (var i = 0; i < found.length; i++) {
        var at = found[i].terms.indexOf(character);
        if (at >= 0) return [postings(volume, found[i], at)];
      }
      return read(first, end).then(all => {
        var lists = [];
        all.forEach(part => {
          part.terms.forEach((term, at) => {
            if (term.indexOf(character) === 0) lists.push(postings(volume, part, at));
          });
        });
        return lists;
      });
    });
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
    return { documents: documents, payloads: payloads };
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

  function documentsWith(found, term, variants) {
    var forms = everyForm(term, variants);
    return Promise.all(found.volumes.map(volume => Promise.all(forms.map(form => (Array.from(form).length === 1 ? lookUpCharacter : lookUp)(volume, form))).then(lists => unite([].concat.apply([], lists))))).then(concatenate);
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

  function find(phrases, variants) {
    return open().then(found => {
      var runs = [];
      phrases.forEach(phrase => { runs = runs.concat(phrase.runs); });
      return Promise.all(runs.map(run => Promise.all(gramsOf(run).map(gram => documentsWith(found, gram, variants))))).then(groups => {
        var documents = intersect([].concat.apply([], groups)), scores = new Float64Array(documents.length);
        groups.forEach(lists => { addScores(scores, documents, lists, found.count); });
        return {
          documents: documents, scores: scores, isExact: phrases.every(isSettledByIndex), verified: new Map()
        };
      });
    });
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

  function loadDocument(found, number) {
    var segment = found.segments[upper(found.segments.map(part => part.offset), number) - 1];
    var local = number - segment.offset, path = "documents/" + segment.name + "/" + Math.floor(local / BLOCK);
    return shared.load(path + ".bin", segment.stamp).then(bytes => {
      var row = JSON.parse(wide(bytes))[local % BLOCK];
      return row && {
        url: row[0], title: row[1], kicker: row[2], subtitle: row[3], byline: row[4], date: row[5],
        issue: row[6], body: row[7]
      };
    });
  }

  function holdsAll(article, phrases, folding) {
    var fields = [article.title, article.kicker, article.subtitle].concat(article.byline, article.body);
    var all = fields.map(field => Array.from(field, folding).join("")).join("\n");
    return phrases.every(phrase => all.indexOf(phrase.text) >= 0);
  }

  /* Verifies candidates until `end` of them stand (or the list or patience ends); false ones leave it. */
  function verify(state, end, patience) {
    var result = state.result, looked = 0;
    function step() {
      var wanted = state.shown.slice(state.start, end).filter(number => !result.verified.has(number));
      if (!wanted.length || looked > patience) return Promise.resolve(!wanted.length);
      looked += wanted.length;
      return open().then(found => Promise.all(wanted.map(number => loadDocument(found, number)))).then(articles => {
        articles.forEach((article, i) => {
          var holds = article && holdsAll(article, state.phrases, state.folding);
          result.verified.set(wanted[i], holds ? article : null);
        });
        state.shown = state.shown.filter(number => stands(result, number));
        return step();
      });
    }
    return step();
  }

  /* A phrase of several terms is settled by the text alone: few candidates are all looked at, more of them
     counted as "about". */
  function isCounted(result, numbers) {
    return result.isExact || numbers.every(number => result.verified.has(number));
  }

  function settle(state, numbers, most) {
    var result = state.result;
    if (state !== current || isCounted(result, numbers) || numbers.length > most) return Promise.resolve();
    var all = { result: result, shown: Array.from(numbers), start: 0, phrases: state.phrases, folding: state.folding };
    return verify(all, numbers.length, most).then(() => {
      if (state !== current) return;
      state.shown = state.shown.filter(number => stands(result, number));
      drawStatus(state, true);
      drawPager(state);
    });
  }

  function stands(result, number) { return result.verified.get(number) !== null; }

  /* ---- Facets ---- */

  var facets = null;

  function openFacets() {
    return facets || (facets = open().then(found => Promise.all(found.volumes.map(volume => shared.load(volume.name + "/facets.bin", volume.facets)))).then(files => {
      var all = { date: [], issue: [], topic: [], by: [], label: {} };
      files.forEach(bytes => { readFacets(bytes, all); });
      return all;
    }).catch(mistake => {
      facets = null;
      throw mistake;
    }));
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
    return Array.from(counts).sort((a, b) => {
      if (kind === "month") return a[0].length - b[0].length || (a[0] < b[0] ? 1 : -1);
      return b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
    });
  }

  /* ---- Simplified and traditional ---- */

  var variants = null;

  function openVariants() {
    return variants || (variants = open().then(found => shared.load("variants.bin", found.variants)).then(bytes => {
      var base = new Map(), forms = new Map();
      shared.text(bytes).split("\n").forEach(row => {
        var letters = Array.from(row);
        letters.forEach(letter => {
          base.set(letter, letters[0]);
          forms.set(letter, letters);
        });
      });
      return { base: base, forms: forms };
    }));
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
      var value = changes && name in changes ? changes[name] : name === "page" && changes ? "" : chosen[name];
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

  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function link(target, text, isCurrent) {
    var element = make("a", "", text);
    element.href = target;
    if (isCurrent) element.setAttribute("aria-current", "true");
    element.setAttribute("data-search-link", "");
    return element;
  }

  var fallback = make("div", "search-fallback");
  var view = make("div", "search-view");
  var status = make("p", "search-status"), tools = make("div", "search-tools");
  var panel = make("details", "search-facets"), panelBody = make("div", "search-facets-body");
  var list = make("ol", "search-list"), more = make("div", "search-more"), pager = make("nav", "search-pages");
  while (place.firstChild) fallback.appendChild(place.firstChild);
  status.setAttribute("role", "status");
  status.setAttribute("aria-live", "polite");
  pager.setAttribute("aria-label", say("pages"));
  panel.appendChild(make("summary", "", say("filters")));
  panel.appendChild(panelBody);
  [status, tools, panel, list, more, pager].forEach(part => { view.appendChild(part); });
  place.appendChild(view);
  place.appendChild(fallback);

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
    var element = shared.marked(text, phrases, state.folding, tag);
    element.className = name;
    return element;
  }

  function drawResult(article, state) {
    var item = make("li", "search-result"), title = make("h2", "search-title"), target = make("a");
    target.href = shared.base + article.url.replace(/^\//, "");
    target.appendChild(mark(article.title, state, "span", ""));
    title.appendChild(target);
    if (article.kicker) item.appendChild(mark(article.kicker, state, "p", "search-kicker"));
    item.appendChild(title);
    if (article.subtitle) item.appendChild(mark(article.subtitle, state, "p", "search-subtitle"));
    item.appendChild(excerpt(article, state));
    var facts = make("p", "search-facts"), date = make("time", "", article.date);
    date.setAttribute("datetime", article.date);
    if (article.date) facts.appendChild(date);
    if (numbersOf(article.issue) !== numbersOf(article.date)) facts.appendChild(make("span", "", article.issue));
    if (article.byline.length) facts.appendChild(mark(article.byline.join(" "), state, "span", ""));
    item.appendChild(facts);
    return item;
  }

  /* An issue without a number is called by its date, which need not stand there twice. */
  function numbersOf(text) { return (text.match(/\d+/g) || []).map(Number).join(); }

  function drawStatus(state, isComplete) {
    var count = state.shown.length;
    var text = count ? say(isCounted(state.result, state.shown) ? "count" : "about", { n: count.toLocaleString() })
      : say("none", { q: state.chosen.q }) + "。" + say("hints");
    if (!count && !isComplete) text = say("busy");
    if (status.textContent !== text) status.textContent = text;
  }

  function drawTools(state) {
    tools.textContent = "";
    var byDate = state.chosen.sort === "date", folds = Boolean(state.chosen.fold);
    tools.appendChild(link(address(state.chosen, { sort: "" }), say("relevance"), !byDate));
    tools.appendChild(link(address(state.chosen, { sort: "date" }), say("date"), byDate));
    var toggle = link(address(state.chosen, { fold: folds ? "" : "1" }), say("fold"));
    toggle.setAttribute("role", "switch");
    toggle.setAttribute("aria-checked", String(folds));
    tools.appendChild(toggle);
  }

  function drawPager(state) {
    pager.textContent = "";
    var pages = Math.ceil(state.shown.length / PAGE), current = state.start / PAGE + 1;
    if (pages < 2) return;
    var from = Math.max(1, Math.min(current - 2, pages - 4)), numbers = [1];
    for (var page = from; page < from + 5 && page <= pages; page++) if (page > 1) numbers.push(page);
    if (numbers[numbers.length - 1] < pages) numbers.push(pages);
    numbers.forEach((number, i) => {
      if (i && number > numbers[i - 1] + 1) pager.appendChild(make("span", "", "…"));
      var target = address(state.chosen, { page: number > 1 ? String(number) : "" });
      var element = link(target, String(number), number === current);
      if (number === current) element.setAttribute("aria-current", "page");
      pager.appendChild(element);
    });
  }

  function drawFacets(state) {
    if (!panel.open) return Promise.resolve();
    return Promise.all([openFacets(), settle(state, state.result.documents, WANTED)]).then(ready => {
      if (state !== current) return;
      var all = ready[0];
      panelBody.textContent = "";
      panelBody.appendChild(drawRange(state));
      ["month", "topic", "by", "issue"].forEach(kind => {
        var counts = countFacet(all, state, kind);
        if (counts.length) panelBody.appendChild(drawFacet(all, state, kind, counts));
      });
    }).catch(fail);
  }

  function drawFacet(all, state, kind, counts) {
    var group = make("div", "search-facet"), items = make("ul"), chosen = state.chosen;
    group.appendChild(make("h2", "", say(kind)));
    counts.slice(0, kind === "month" ? 60 : 15).forEach(entry => {
      var value = entry[0], isChosen = kind === "month" ? isPeriod(chosen, value) : chosen[kind] === value;
      var changes = {}, wanted = isChosen ? "" : value;
      if (kind === "month") {
        if (isChosen && value.length > 4) wanted = value.slice(0, 4);
        changes = { from: wanted, to: wanted };
      } else {
        changes[kind] = wanted;
      }
      var text = all.label[kind + " " + value] || value || say("undated");
      var item = make("li"), element = value ? link(address(chosen, changes), text, isChosen) : make("span", "", text);
      var number = entry[1].toLocaleString();
      element.appendChild(make("span", "search-facet-count", isCounted(state.result, state.result.documents) ? number : "≈" + number));
      item.appendChild(element);
      items.appendChild(item);
    });
    group.appendChild(items);
    return group;
  }

  function isPeriod(chosen, value) {
    return Boolean(value) && chosen.from === value && chosen.to === value;
  }

  function drawRange(state) {
    var range = make("form", "search-range");
    ["from", "to"].forEach(name => {
      var label = make("label", "", say(name)), field = make("input");
      field.type = "date";
      field.name = name;
      field.value = dayOf(state.chosen[name], name === "to");
      label.appendChild(field);
      range.appendChild(label);
    });
    range.appendChild(make("button", "", say("apply")));
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

  function fail() {
    status.textContent = say("failed");
    fallback.hidden = false;
  }

  function clear() {
    [tools, panelBody, list, more, pager].forEach(part => { part.textContent = ""; });
    if (watcher) watcher.disconnect();
  }

  function run() {
    var chosen = readAddress(), phrases = parse(chosen.q);
    var state = current = { chosen: chosen, phrases: phrases, folding: shared.foldCharacter };
    fallback.hidden = Boolean(phrases.length);
    view.hidden = !phrases.length;
    if (!phrases.length) {
      clear();
      return Promise.resolve();
    }
    if (!phrases.some(phrase => phrase.runs.length)) {
      clear();
      fallback.hidden = false;
      status.textContent = say("letters");
      return Promise.resolve();
    }
    if (!list.firstChild) status.textContent = say("busy");
    place.setAttribute("aria-busy", "true");
    return (chosen.fold ? openVariants() : Promise.resolve(null)).then(table => {
      if (table) useVariants(state, table);
      var filters = chosen.topic || chosen.by || chosen.issue || chosen.from || chosen.to;
      if (filters) panel.open = true;
      return Promise.all([find(state.phrases, table), filters ? openFacets() : null]);
    }).then(ready => {
      if (state !== current) return null;
      state.result = ready[0];
      state.shown = inOrder(state.result, chosen.sort === "date").filter(number => !ready[1] || passes(ready[1], number, chosen, ""));
      return show(state);
    }).catch(() => {
      if (state === current) fail();
    }).then(() => {
      if (state !== current) return null;
      place.setAttribute("aria-busy", "false");
      return state.result && settle(state, state.shown, QUIETLY);
    }).catch(() => {
      // The count stays a rough one: what is shown is right.
    });
  }

  function useVariants(state, table) {
    state.folding = letter => {
      var folded = shared.foldCharacter(letter);
      return table.base.get(folded) || folded;
    };
    state.phrases = state.phrases.map(phrase => {
      return { text: Array.from(phrase.text, state.folding).join(""), runs: phrase.runs };
    });
  }

  function show(state) {
    var pages = Math.max(1, Math.ceil(state.shown.length / PAGE));
    state.start = PAGE * (Math.min(Math.max(1, parseInt(state.chosen.page, 10) || 1), pages) - 1);
    clear();
    drawStatus(state, false);
    drawTools(state);
    return extend(state, state.start + FIRST_VIEW).then(() => drawFacets(state));
  }

  /* Adds verified results up to `end`; the rest of the page follows when it comes into view. */
  function extend(state, end) {
    return verify(state, end, 100).then(isDone => {
      if (state !== current) return;
      for (var i = state.start + list.children.length; i < Math.min(end, state.shown.length); i++) {
        var article = state.result.verified.get(state.shown[i]);
        if (!article) break;
        list.appendChild(drawResult(article, state));
      }
      list.setAttribute("start", String(state.start + 1));
      drawStatus(state, true);
      drawPager(state);
      awaitMore(state, isDone);
    });
  }

  function awaitMore(state, isDone) {
    // What fills a window comes at once, the rest of the page when the reader gets there.
    var end = state.start + (list.children.length < VIEW && isDone ? VIEW : PAGE);
    more.textContent = "";
    if (watcher) watcher.disconnect();
    if (!isDone) {
      var button = make("button", "", say("more"));
      button.addEventListener("click", () => { extend(state, end).catch(fail); });
      more.appendChild(button);
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

  var waiting = 0;

  function ask(isNew) {
    clearTimeout(waiting);
    var chosen = readAddress(), query = input.value.trim();
    if (query !== chosen.q || isNew) go(address(chosen, { q: query }), isNew && query !== chosen.q);
  }

  function moveFocus(step) {
    var targets = Array.from(list.querySelectorAll(".search-title a"));
    var at = targets.indexOf(document.activeElement) + step;
    if (document.activeElement === input) at = step > 0 ? 0 : -1;
    if (at < 0) input.focus(); else if (targets[at]) targets[at].focus();
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
  document.addEventListener("keydown", event => {
    var isHere = event.target === input || list.contains(event.target);
    if (!isHere || event.isComposing || event.defaultPrevented) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      moveFocus(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Escape" && event.target !== input) {
      input.focus();
    }
  });
  view.addEventListener("click", event => {
    var target = event.target.closest("[data-search-link]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(target.getAttribute("href"), true);
    if (pager.contains(target)) status.scrollIntoView();
  });
  panel.addEventListener("toggle", () => {
    if (current && current.result) drawFacets(current);
  });
  window.addEventListener("popstate", () => {
    input.value = readAddress().q;
    run();
  });

  /* For tests, measurements and other views of the results: numbers of the documents found, oldest 0. */
  shared.find = query => {
    return find(parse(query), null).then(result => {
      return { numbers: Array.from(result.documents), isExact: result.isExact };
    });
  };

  input.value = readAddress().q || input.value;
  run();
  // Who comes here will search: the directory may come meanwhile.
  open().catch(() => null);
})();

/* The search box of every page: suggestions, keys, and the few parts the results page shares.
   No dependency; works under `default-src 'self'` and any base path. docs/search.md describes the markup. */
(() => {
  "use strict";

  var form = document.querySelector("main form[role=search]") || document.querySelector("form[role=search]");
  if (!form) return;
  var input = form.querySelector("input[name=q]");
  var root = new URL(form.getAttribute("action"), document.baseURI).pathname;
  var base = root.replace(/[^/]+\/$/, "");
  var language = (document.documentElement.lang || "zh").toLowerCase();
  var tongue = language.indexOf("en") === 0 ? 2 : /hant|tw|hk/.test(language) ? 1 : 0;
  var kinds = {
    topic: ["专题", "專題", "Topic"],
    person: ["人物", "人物", "Person"],
    article: ["文章", "文章", "Article"]
  };
  var loaded = new Map();

  /* Inflate (RFC 1951) of a zlib stream. Index files are stored compressed, because static hosts do not
     compress unknown types; some browsers in use have no DecompressionStream. */
  var ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  function decodingTable(lengths) {
    var count = new Uint16Array(16), next = new Uint16Array(16), longest = 1, code = 0, i, j;
    for (i = 0; i < lengths.length; i++) {
      if (lengths[i]) count[lengths[i]]++;
      if (lengths[i] > longest) longest = lengths[i];
    }
    for (i = 1; i < 16; i++) {
      next[i] = code;
      code = (code + count[i]) << 1;
    }
    var table = new Uint16Array(1 << longest);
    for (i = 0; i < lengths.length; i++) {
      var length = lengths[i];
      if (!length) continue;
      var reversed = 0, value = next[length]++;
      for (j = 0; j < length; j++) reversed |= ((value >> j) & 1) << (length - 1 - j);
      for (j = reversed; j < table.length; j += 1 << length) table[j] = (i << 4) | length;
    }
    return { table, mask: table.length - 1 };
  }

  function fixedLengths() {
    var lengths = new Uint8Array(288);
    return lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
  }

  function inflate(source) {
    var out = new Uint8Array(source.length * 5 + 64), size = 0, at = 2, held = 0, bits = 0;

    function need(count) {
      while (bits < count) {
        held |= source[within(at++)] << bits;
        bits += 8;
      }
    }
    /* Four bytes follow what is compressed: who reads beyond them reads a file that was cut off. */
    function within(place) {
      if (place < source.length) return place;
      throw new Error("damaged index file");
    }
    function take(count) {
      if (!count) return 0;
      need(count);
      var value = held & ((1 << count) - 1);
      held >>>= count;
      bits -= count;
      return value;
    }
    function symbol(tree) {
      need(15);
      var entry = tree.table[held & tree.mask], length = entry & 15;
      if (!length) throw new Error("damaged index file");
      held >>>= length;
      bits -= length;
      return entry >> 4;
    }
    function room(count) {
      if (size + count <= out.length) return;
      var larger = new Uint8Array((size + count) * 2);
      larger.set(out);
      out = larger;
    }
    function storedBlock() {
      at -= bits >> 3;
      held = bits = 0;
      var count = source[at] | (source[at + 1] << 8);
      at += 4;
      within(at + count);
      room(count);
      out.set(source.subarray(at, at + count), size);
      size += count;
      at += count;
    }
    function trees(type) {
      if (type === 1) return [decodingTable(fixedLengths()), decodingTable(new Uint8Array(30).fill(5))];
      var literals = take(5) + 257, distances = take(5) + 1, codes = take(4) + 4;
      var short = new Uint8Array(19), all = new Uint8Array(literals + distances), i;
      for (i = 0; i < codes; i++) short[ORDER[i]] = take(3);
      var tree = decodingTable(short);
      for (i = 0; i < all.length;) {
        var next = symbol(tree);
        if (next < 16) { all[i++] = next; continue; }
        var value = next === 16 ? all[i - 1] : 0;
        var times = next === 16 ? 3 + take(2) : next === 17 ? 3 + take(3) : 11 + take(7);
        while (times--) all[i++] = value;
      }
      return [decodingTable(all.subarray(0, literals)), decodingTable(all.subarray(literals))];
    }
    function compressedBlock(type) {
      var pair = trees(type), next;
      while ((next = symbol(pair[0])) !== 256) {
        if (next < 256) {
          if (size === out.length) room(1);
          out[size++] = next;
          continue;
        }
        next -= 257;
        // Lengths and distances grow by so many bits with every fourth and every second code.
        var extra = next < 8 || next > 27 ? 0 : (next >> 2) - 1;
        var length = 3 + take(extra) + (next < 8 ? next : next > 27 ? 255 : 4 + (next & 3) << extra);
        var code = symbol(pair[1]);
        extra = code < 4 ? 0 : (code >> 1) - 1;
        var distance = 1 + take(extra) + (code < 4 ? code : 2 + (code & 1) << extra);
        if (distance > size) throw new Error("damaged index file");
        room(length);
        while (length--) {
          out[size] = out[size - distance];
          size++;
        }
      }
    }

    for (var last = 0; !last;) {
      last = take(1);
      var type = take(2);
      if (type === 0) storedBlock();
      else if (type < 3) compressedBlock(type);
      else throw new Error("damaged index file");
    }
    return out.subarray(0, size);
  }

  /* The browser's own decoder is quicker than a script that has hardly run, and slower than one that has. */
  function unpack(answer) {
    if (!window.DecompressionStream || loaded.size > 24) {
      return answer.arrayBuffer().then(buffer => inflate(new Uint8Array(buffer)));
    }
    var unpacked = new Response(answer.body.pipeThrough(new DecompressionStream("deflate")));
    return unpacked.arrayBuffer().then(buffer => new Uint8Array(buffer));
  }

  /* Files of the index, each fetched once. `stamp` renews what the browser kept of an earlier build. */
  var caching = "default";
  function load(path, stamp) {
    var address = root + path + (stamp ? "?v=" + stamp : "");
    if (!loaded.has(address)) {
      loaded.set(address, fetch(address, { cache: stamp ? caching : "no-cache" }).then(answer => {
        if (!answer.ok) throw new Error(address + ": " + answer.status);
        return unpack(answer);
      }).catch(mistake => {
        loaded.delete(address);
        throw mistake;
      }));
    }
    return loaded.get(address);
  }

  /* Something could not be read: the index may have been built anew, a file may have been kept damaged. */
  function forget() {
    loaded.clear();
    caching = "reload";
  }

  function text(bytes) {
    return new TextDecoder().decode(bytes);
  }

  function directory() {
    return load("index.bin", "").then(text).then(JSON.parse);
  }

  /* One character for one character, as generator/search/folding.py does it. */
  var folded = new Map();
  function foldCharacter(character) {
    var known = folded.get(character);
    if (known !== undefined) return known;
    var wide = Array.from(character.normalize("NFKC"));
    var result = wide.length === 1 ? wide[0] : character;
    if (wide.length === 1 && Array.from(result.toLowerCase()).length === 1) result = result.toLowerCase();
    if (/[\s\p{Z}]/u.test(result)) result = " ";
    folded.set(character, result);
    return result;
  }
  function fold(value) {
    return Array.from(value, foldCharacter).join("");
  }

  /* Suggestions: a list box below the input, in the manner of the ARIA combobox pattern. */
  var list = document.createElement("ul");
  var suggestions = null, active = -1, isAsked = false;
  list.className = "search-suggestions";
  list.id = "search-suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", ["建议", "建議", "Suggestions"][tongue]);
  form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";

  function prefetch() {
    if (suggestions) return;
    suggestions = directory().then(found => load("suggestions.bin", found.suggestions)).then(bytes => {
      return JSON.parse(text(bytes)).map(row => {
        return { kind: row[0], text: row[1], url: row[2], folded: fold(row[1]) };
      });
    }).catch(() => {
      suggestions = null;
      return [];
    });
  }

  function matching(rows, wanted) {
    var perKind = {};
    return rows.filter(row => {
      if (row.folded.indexOf(wanted) < 0 || (perKind[row.kind] || 0) === 4) return false;
      return (perKind[row.kind] = (perKind[row.kind] || 0) + 1);
    });
  }

  function suggest() {
    var wanted = fold(input.value.trim());
    isAsked = false;
    if (!wanted) return close();
    prefetch();
    suggestions.then(rows => {
      if (!isAsked && wanted === fold(input.value.trim()) && document.activeElement === input) {
        draw(matching(rows, wanted), wanted);
      }
    });
  }

  function draw(rows, wanted) {
    list.textContent = "";
    rows.forEach((row, place) => {
      var [item, name, kind] = ["li", "span", "span"].map(tag => document.createElement(tag));
      item.id = "search-suggestion-" + place;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.url = base + row.url.slice(1);
      kind.className = "search-suggestion-kind";
      kind.textContent = (kinds[row.kind] || kinds.article)[tongue];
      name.append(...marked(row.text, [wanted], fold));
      item.append(name, kind);
      list.append(item);
    });
    activate(-1);
    list.hidden = !rows.length;
    input.setAttribute("aria-expanded", String(rows.length > 0));
  }

  function close() {
    list.hidden = true;
    list.textContent = "";
    activate(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function activate(place) {
    var items = list.children;
    if (items[active]) items[active].setAttribute("aria-selected", "false");
    active = items.length ? Math.max(-1, Math.min(place, items.length - 1)) : -1;
    if (items[active]) {
      items[active].setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", items[active].id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  /* The text in pieces, every place a phrase stands at inside <mark>. */
  function marked(value, phrases, folding) {
    var pieces = [], letters = Array.from(value);
    var plain = Array.from(value, folding), on = new Uint8Array(letters.length);
    phrases.forEach(phrase => {
      var wanted = Array.from(phrase);
      for (var i = 0; i + wanted.length <= plain.length; i++) {
        if (wanted.every((letter, j) => plain[i + j] === letter)) {
          on.fill(1, i, i + wanted.length);
        }
      }
    });
    for (var start = 0, end; start < letters.length; start = end) {
      for (end = start; end < letters.length && on[end] === on[start];) end++;
      var part = letters.slice(start, end).join(""), mark = document.createElement("mark");
      mark.append(part);
      pieces.push(on[start] ? mark : part);
    }
    return pieces;
  }

  /* Arrows lead from the box through the results, Escape back to it. */
  function walk(results) {
    document.addEventListener("keydown", event => {
      var isHere = event.target === input || results.contains(event.target);
      if (!isHere || event.isComposing || event.defaultPrevented) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        var step = event.key === "ArrowDown" ? 1 : -1, links = [input, ...results.querySelectorAll(".search-title a")];
        var next = links[links.indexOf(document.activeElement) + step];
        if (next) next.focus();
        event.preventDefault();
      } else if (event.key === "Escape" && event.target !== input) {
        input.focus();
      }
    });
  }

  function isTyping(target) {
    return target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName);
  }

  input.addEventListener("focus", prefetch);
  input.addEventListener("input", suggest);
  input.addEventListener("blur", () => { setTimeout(close, 150); });
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (!list.hidden) event.preventDefault();
      close();
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      activate(active + (event.key === "ArrowDown" ? 1 : -1));
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.key === "Enter" && active >= 0) {
      location.assign(list.children[active].dataset.url);
      event.preventDefault();
    }
  });
  list.addEventListener("mousedown", event => {
    var item = event.target.closest("[data-url]");
    if (item && !event.button) location.assign(item.dataset.url);
  });
  // Suggestions that come late must not cover the results.
  form.addEventListener("submit", () => {
    isAsked = true;
    close();
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    input.focus();
    input.select();
    event.preventDefault();
  });

  /* Offline reading, where the site wants it; a worker left from earlier times is dismissed. */
  var workers = navigator.serviceWorker;
  if (workers) {
    if (form.hasAttribute("data-search-offline")) {
      workers.register(base + "sw.js", { scope: base }).catch(() => {});
      // What the first page has loaded came before there was a worker to keep it.
      if (!workers.controller) {
        workers.ready.then(worker => {
          var loads = performance.getEntriesByType("resource").map(entry => entry.name);
          worker.active.postMessage(loads.concat(...loaded.keys(), location.pathname));
        });
      }
    } else {
      workers.getRegistration(base).then(worker => {
        var script = worker && worker.active && new URL(worker.active.scriptURL).pathname;
        if (script !== base + "sw.js") return;
        worker.unregister();
        caches.delete("bulletin-1");
      }).catch(() => {});
    }
  }

  window.bulletinSearch = {
    form, input, root, base, tongue, load, text,
    directory, forget, fold, foldCharacter, marked, walk
  };
})();

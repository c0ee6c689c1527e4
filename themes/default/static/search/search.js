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
  var LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
    131, 163, 195, 227, 258];
  var DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
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
    return { table: table, mask: table.length - 1 };
  }

  function fixedLengths() {
    var lengths = new Uint8Array(288);
    return lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
  }

  function inflate(source) {
    var out = new Uint8Array(source.length * 5 + 64), size = 0, at = 2, held = 0, bits = 0;

    function need(count) {
      while (bits < count) {
        held |= (source[at++] || 0) << bits;
        bits += 8;
      }
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
        var length = LENGTHS[next] + take(next < 8 || next === 28 ? 0 : (next >> 2) - 1);
        var code = symbol(pair[1]), distance = DISTANCES[code] + take(code < 4 ? 0 : (code >> 1) - 1);
        if (distance > size) throw new Error("damaged index file");
        room(length);
        while (length--) {
          out[size] = out[size - distance];
          size++;
        }
        if (at > source.length + 8) throw new Error("damaged index file");
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
  function load(path, stamp) {
    var address = root + path + (stamp ? "?v=" + stamp : "");
    if (!loaded.has(address)) {
      loaded.set(address, fetch(address, stamp ? {} : { cache: "no-cache" }).then(answer => {
        if (!answer.ok) throw new Error(address + ": " + answer.status);
        return unpack(answer);
      }).catch(mistake => {
        loaded.delete(address);
        throw mistake;
      }));
    }
    return loaded.get(address);
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
  form.appendChild(list);
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
      var item = document.createElement("li"), kind = document.createElement("span");
      item.id = "search-suggestion-" + place;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.setAttribute("data-url", base + row.url.slice(1));
      kind.className = "search-suggestion-kind";
      kind.textContent = (kinds[row.kind] || kinds.article)[tongue];
      item.appendChild(marked(row.text, [wanted], fold, "span"));
      item.appendChild(kind);
      list.appendChild(item);
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

  /* The text in an element of its own, every place a phrase stands at inside <mark>. */
  function marked(value, phrases, folding, tag) {
    var element = document.createElement(tag), letters = Array.from(value);
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
      var part = document.createTextNode(letters.slice(start, end).join(""));
      if (on[start]) {
        var mark = document.createElement("mark");
        mark.appendChild(part);
        part = mark;
      }
      element.appendChild(part);
    }
    return element;
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
      if (list.hidden) input.value = "";
      close();
      event.preventDefault();
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      activate(active + (event.key === "ArrowDown" ? 1 : -1));
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.key === "Enter" && active >= 0) {
      location.assign(list.children[active].getAttribute("data-url"));
      event.preventDefault();
    }
  });
  list.addEventListener("mousedown", event => {
    var item = event.target.closest("[data-url]");
    if (item) location.assign(item.getAttribute("data-url"));
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
  if (navigator.serviceWorker) {
    if (form.hasAttribute("data-search-offline")) {
      navigator.serviceWorker.register(base + "sw.js", { scope: base }).catch(() => {});
    } else {
      navigator.serviceWorker.getRegistration(base).then(worker => {
        var script = worker && worker.active && new URL(worker.active.scriptURL).pathname;
        if (script !== base + "sw.js") return;
        worker.unregister();
        caches.delete("bulletin-1");
      }).catch(() => {});
    }
  }

  window.bulletinSearch = {
    form: form, input: input, root: root, base: base, tongue: tongue, load: load, text: text,
    directory: directory, fold: fold, foldCharacter: foldCharacter, marked: marked
  };
})();

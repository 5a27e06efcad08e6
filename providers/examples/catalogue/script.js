
(() => {
  const all = [...document.querySelectorAll("#the-list > details")];
  const list = document.querySelector("#the-list");
  const query = document.querySelector("#the-query");
  const filters = [...document.querySelectorAll(".filter input")];
  const count = document.querySelector("#the-count");
  const empty = document.querySelector("#the-empty");
  const tools = document.querySelector(".tools");
  document.documentElement.classList.add("scripted");

  // Every word must be found. Whose name holds the first comes first, if it begins with it before all.
  function show() {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = filters.filter((it) => it.checked).map((it) => it.value);
    const rank = (it) => {
      const name = it.querySelector("b").textContent.toLowerCase();
      const named = [name, it.dataset.slug];
      if (!words.length || named.some((it) => it.startsWith(words[0]))) return 0;
      return named.some((it) => it.includes(words[0])) ? 1 : 2;
    };
    const fits = (it) =>
      words.every((word) => it.dataset.search.includes(word)) &&
      wanted.every((word) => it.dataset.has.split(" ").includes(word));
    const shown = all.filter((it) => !(it.hidden = !fits(it)));
    const ranks = new Map(shown.map((it) => [it, rank(it)]));
    list.append(...(words.length ? [...shown].sort((a, b) => ranks.get(a) - ranks.get(b)) : all));
    count.textContent = shown.length === all.length ? `${all.length} providers` : `${shown.length} of ${all.length}`;
    empty.hidden = shown.length > 0;
    remember(wanted);
  }

  function remember(wanted) {
    const params = new URLSearchParams();
    if (query.value) params.set("q", query.value);
    if (wanted.length) params.set("with", wanted.join(","));
    const search = params.size ? `?${params}` : location.pathname;
    try {
      history.replaceState(null, "", search + location.hash);
    } catch {
      // A page of a file may not change its address everywhere.
    }
  }

  function recall() {
    const params = new URLSearchParams(location.search);
    const wanted = (params.get("with") ?? "").split(",");
    query.value = params.get("q") ?? "";
    filters.forEach((it) => (it.checked = wanted.includes(it.value)));
  }

  // What a link leads to is shown, whatever is searched.
  function follow() {
    const slug = decodeURIComponent(location.hash.slice(1));
    const provider = all.find((it) => it.dataset.slug === slug);
    if (!provider) return;
    if (provider.hidden) reset();
    provider.open = true;
    provider.scrollIntoView({ block: "start" });
    provider.querySelector("summary").focus({ preventScroll: true });
  }

  function reset() {
    query.value = "";
    filters.forEach((it) => (it.checked = false));
    show();
  }

  async function copy(button) {
    const code = button.parentElement.querySelector("code");
    const says = (word) => {
      button.textContent = word;
      setTimeout(() => (button.textContent = "Copy"), 1500);
    };
    try {
      await navigator.clipboard.writeText(code.textContent);
      says("Copied");
    } catch {
      getSelection().selectAllChildren(code);
      says("Selected");
    }
  }

  query.addEventListener("input", show);
  filters.forEach((it) => it.addEventListener("change", show));
  document.querySelector("#the-reset").addEventListener("click", () => {
    reset();
    query.focus();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest(".copy");
    if (button) copy(button);
  });
  // A provider that a reader opens can be linked to by the address.
  list.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    if (!summary) return;
    const { open, dataset } = summary.parentElement;
    try {
      history.replaceState(null, "", open ? location.pathname + location.search : `#${dataset.slug}`);
    } catch {
      // As above.
    }
  });
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    const at = document.activeElement;
    if (event.key === "/" && at !== query && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.select();
      query.focus();
      return;
    }
    if (event.key === "Escape" && at === query) return reset();
    const summaries = [...list.querySelectorAll("details:not([hidden]) > summary")];
    if (event.key === "Enter" && at === query && summaries.length) {
      event.preventDefault();
      summaries[0].focus();
      summaries[0].click();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const place = summaries.indexOf(at);
    if (!step || (place < 0 && !(at === query && step > 0))) return;
    event.preventDefault();
    const next = place + step;
    (next < 0 ? query : (summaries[next] ?? at)).focus();
  });
  new IntersectionObserver(([it]) => tools.classList.toggle("stuck", it.intersectionRatio < 1), {
    threshold: [1],
    rootMargin: "-1px 0px 0px 0px",
  }).observe(tools);

  recall();
  show();
  // Later than the browser, which takes the focus away when it has gone to the fragment.
  addEventListener("load", () => setTimeout(follow));
})();

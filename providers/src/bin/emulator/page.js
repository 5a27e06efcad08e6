(() => {
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Where the page is not on this machine, the clipboard is reached in the old way alone.
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  document.addEventListener("click", async ({ target }) => {
    if (!target.matches(".copy")) return;
    const value = target.parentElement.querySelector(".value");
    target.textContent = (await copied(value.textContent)) ? "Copied" : "Failed";
    setTimeout(() => (target.textContent = "Copy"), 1500);
  });
  const search = document.querySelector("#search");
  if (!search) return;
  const all = [...document.querySelectorAll(".provider")];
  const find = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const it of all) {
      it.hidden = !words.every((word) => it.dataset.words.includes(word));
      shown += !it.hidden;
    }
    document.querySelector("#count").textContent = shown;
    document.querySelector("#nobody").hidden = shown > 0;
  };
  search.addEventListener("input", find);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  find();
})();

// Makes a drawn chart interactive when it comes near the view. Whatever fails, the drawing stays.
const library = document.querySelector("script[data-vega]").dataset.vega;
let loaded;

/** The drawing library, loaded once and only where a chart is looked at. */
function vega() {
  loaded ??= import(library).then(() => window.vegaEmbed);
  return loaded;
}

/** What a mark says, beside the pointer: a list of names and values, as text and nothing else. */
function saying(box) {
  const tip = document.createElement("dl");
  tip.className = "chart-tip";
  tip.hidden = true;
  box.append(tip);
  return (_, event, __, said) => {
    tip.hidden = !said;
    if (!said) return;
    tip.replaceChildren(...Object.entries(said).flatMap(([name, value]) => {
      const term = document.createElement("dt");
      const description = document.createElement("dd");
      term.textContent = name;
      description.textContent = value;
      return [term, description];
    }));
    const around = box.getBoundingClientRect();
    const across = event.clientX - around.left;
    tip.style.left = `${Math.max(0, Math.min(across + 12, around.width - tip.offsetWidth))}px`;
    tip.style.top = `${event.clientY - around.top + 16}px`;
  };
}

/** Put an interactive chart from the same specification in the place of the drawing on a screen. */
async function enliven(figure) {
  const picture = figure.querySelector("picture");
  const image = picture.querySelector("img");
  await image.decode();
  const address = image.currentSrc.replace(".svg", ".json");
  const [embed, answer] = await Promise.all([vega(), fetch(address)]);
  if (!answer.ok) return;
  const box = document.createElement("div");
  const drawing = document.createElement("div");
  box.className = "chart__live";
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", image.alt);
  box.append(drawing);
  await embed(drawing, await answer.json(), {
    actions: false,
    ast: true,
    defaultStyle: false,
    renderer: "svg",
    tooltip: saying(box),
  });
  picture.classList.add("chart__drawn"); // it stays for paper
  picture.after(box);
}

const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    enliven(target).catch(() => {});
  }
}, { rootMargin: "200px" });

for (const figure of document.querySelectorAll("[data-chart]")) watcher.observe(figure);

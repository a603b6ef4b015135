// Keeps what was answered in a preview when a width, a language, a person or a question is chosen.
// Without a script each choice begins the survey afresh.
const stage = document.getElementById("stage");
const frame = stage.querySelector("iframe");
const jump = document.getElementById("jump");

/** The form of the page in the frame: it carries the answers. */
function carrying() {
  return frame.contentDocument?.querySelector("input[name=carried]")?.form;
}

/** Send that form with what was chosen; false where the page has none. */
function press(chosen) {
  const form = carrying();
  if (!form) return false;
  for (const [name, value] of Object.entries(chosen)) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  form.submit();
  return true;
}

/** Note a choice in the address, in the form, and among its links. */
function note(name, value) {
  const here = new URL(location);
  here.searchParams.set(name, value);
  history.replaceState(null, "", here);
  const field = jump.elements[name];
  if (field) field.value = value;
  for (const link of document.querySelectorAll(`a[data-name="${name}"]`)) {
    if (link.dataset.value === value) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-name]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { name, value } = link.dataset;
  if (name === "width") stage.className = `stage stage--${value}`;
  else if (!press({ [name]: value })) return;
  event.preventDefault();
  if (name !== "fill") note(name, value);
});

jump.addEventListener("submit", (event) => {
  const { question, person } = jump.elements;
  const chosen = question.value ? { question: question.value } : { go: "start" };
  if (person) chosen.person = person.value;
  if (!press(chosen)) return;
  event.preventDefault();
  note("question", question.value);
  if (person) note("person", person.value);
  frame.focus();
});

/** Say which question is shown, and let links to other sites leave the frame. */
function shown() {
  const asked = carrying()?.elements.asked?.value;
  if (asked) jump.elements.question.value = asked;
  for (const link of frame.contentDocument?.querySelectorAll('main a[href^="http"]') ?? []) {
    link.target = "_blank";
  }
}

frame.addEventListener("load", shown);
shown();

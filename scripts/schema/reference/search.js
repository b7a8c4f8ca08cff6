// Finds types and fields by their names, which the script `names.js` beside this one lists: [type, page, [field, …]].

/** @typedef {{ name: string, address: string, rank: number }} Found */

const up = document.documentElement.dataset["up"] ?? "";
const box = /** @type {HTMLElement} */ (document.querySelector(".search"));
const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
const list = /** @type {HTMLElement} */ (box.querySelector("ol"));
const names = /** @type {{ graphNames: [string, string, string[]][] }} */ (/** @type {unknown} */ (window))
  .graphNames;
const MOST = 50;
const NOWHERE = 3;

box.hidden = false;
input.addEventListener("input", show);
input.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") clear();
  if (key === "Enter") list.querySelector("a")?.click();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target === input) return;
  event.preventDefault();
  input.focus();
});

function show() {
  const wanted = input.value.trim().toLowerCase();
  list.replaceChildren(...(wanted ? find(wanted) : []).map(entry));
}

// What begins with the words comes before what has them somewhere, and short names before long ones.
/** @param {string} wanted */
function find(wanted) {
  /** @type {Found[]} */
  const found = [];
  for (const [type, page, members] of names) {
    found.push({ name: type, address: page, rank: rank(type, wanted) });
    for (const member of members) {
      const name = `${type}.${member}`;
      const better = Math.min(rank(member, wanted), rank(name, wanted));
      found.push({ name, address: `${page}#${member}`, rank: better + 0.5 });
    }
  }
  return found
    .filter((each) => each.rank < NOWHERE)
    .sort((one, other) => one.rank - other.rank || one.name.length - other.name.length)
    .slice(0, MOST);
}

/** @param {string} name @param {string} wanted */
function rank(name, wanted) {
  const text = name.toLowerCase();
  if (text === wanted) return 0;
  return text.startsWith(wanted) ? 1 : text.includes(wanted) ? 2 : NOWHERE;
}

/** @param {Found} found */
function entry({ name, address }) {
  const link = document.createElement("a");
  link.href = up + address;
  link.textContent = name;
  link.addEventListener("click", clear);
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function clear() {
  input.value = "";
  list.replaceChildren();
}

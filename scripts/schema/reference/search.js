// Finds types and fields by their names. `names`, in the script beside this one, lists them: [type, page, [field, …]].
const up = document.documentElement.dataset.up;
const box = document.querySelector(".search");
const input = box.querySelector("input");
const list = box.querySelector("ol");
const MOST = 50;

box.hidden = false;
input.addEventListener("input", show);
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape") clear();
  if (event.key === "Enter") list.querySelector("a")?.click();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input")) return;
  event.preventDefault();
  input.focus();
});

function show() {
  const wanted = input.value.trim().toLowerCase();
  const found = wanted ? find(wanted) : [];
  list.replaceChildren(...found.map(item));
}

// What begins with the words comes before what has them somewhere, and short names before long ones.
function find(wanted) {
  const found = [];
  for (const [type, page, members] of window.names) {
    add(found, type, page, rank(type, wanted));
    for (const member of members) {
      const coordinate = `${type}.${member}`;
      const better = Math.min(rank(member, wanted), rank(coordinate, wanted));
      add(found, coordinate, `${page}#${member}`, better + 0.5);
    }
  }
  found.sort((one, other) => one.rank - other.rank || one.name.length - other.name.length);
  return found.slice(0, MOST);
}

function add(found, name, address, itsRank) {
  if (itsRank < 3) found.push({ name, address, rank: itsRank });
}

function rank(name, wanted) {
  const text = name.toLowerCase();
  if (text === wanted) return 0;
  return text.startsWith(wanted) ? 1 : text.includes(wanted) ? 2 : 3;
}

function item({ name, address }) {
  const link = document.createElement("a");
  link.href = up + address;
  link.textContent = name;
  link.addEventListener("click", clear);
  const entry = document.createElement("li");
  entry.append(link);
  return entry;
}

function clear() {
  input.value = "";
  list.replaceChildren();
}

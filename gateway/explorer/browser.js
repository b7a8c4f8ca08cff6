// What runs in the browser above GraphiQL: it signs people in, puts who they are on every operation, and tells of a broken graph.
// The page holds it as it is written here, after `const { endpoint, signsIn } = …`.

const KEY = "tocsin-signed-in";
const byId = (id) => document.getElementById(id);
const remembered = () => JSON.parse(sessionStorage.getItem(KEY) ?? "null");
let me = remembered();

const signIn = async (personId) => {
  const response = await plainFetch("/explorer/sign-in", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ personId }),
  });
  if (!response.ok) throw new Error((await response.json()).message);
  me = { personId, ...(await response.json()) };
  sessionStorage.setItem(KEY, JSON.stringify(me));
  show();
};

// Everything that GraphiQL asks goes through fetch, subscriptions as GET. Headers that somebody wrote by hand count more.
const plainFetch = window.fetch.bind(window);
window.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || pathname !== endpoint) return plainFetch(request);
  const send = () => {
    const own = new Request(request.clone());
    // No page of another server could send this one.
    own.headers.set("apollo-require-preflight", "true");
    if (me && !own.headers.has("authorization")) own.headers.set("authorization", `Bearer ${me.token}`);
    if (me && !own.headers.has("x-tenant-id")) own.headers.set("x-tenant-id", me.tenantId);
    return plainFetch(own);
  };
  const response = await send();
  if (response.status !== 401 || !me || request.headers.has("authorization")) return response;
  // A token lives for a while only.
  await signIn(me.personId);
  return send();
};

const show = () => {
  for (const button of document.querySelectorAll("#tocsin-people button")) {
    button.setAttribute("aria-pressed", String(button.value === me?.personId));
  }
};

const addPeople = async () => {
  const people = await (await plainFetch("/explorer/people")).json();
  if (me && people.every(({ id }) => id !== me.personId)) me = null;
  for (const { id, name } of people) {
    const button = document.createElement("button");
    button.type = "button";
    button.value = id;
    button.textContent = name;
    button.addEventListener("click", () => void signIn(id).catch(({ message }) => tell(message)));
    byId("tocsin-people").append(button);
  }
  show();
};

const tell = (problem) => {
  byId("tocsin-problem").hidden = !problem;
  byId("tocsin-problem").textContent = problem ?? "";
};

const watch = async () => {
  const response = await plainFetch("/explorer/problem").catch(() => null);
  if (response?.ok) tell((await response.json()).problem);
};

byId("tocsin-examples")?.addEventListener("change", ({ target }) => {
  if (target.value) location.assign(`${endpoint}?query=${encodeURIComponent(target.value)}`);
});
if (signsIn) {
  byId("tocsin-sandbox").href += `?endpoint=${encodeURIComponent(location.origin + endpoint)}`;
  void addPeople();
  void watch();
  setInterval(watch, 1_000);
}

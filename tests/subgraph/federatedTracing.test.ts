import { Trace } from "@apollo/usage-reporting-protobuf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { librarian, openLibrary, type OpenLibrary } from "./library/openLibrary.ts";

let library: OpenLibrary;

beforeAll(async () => {
  library = await openLibrary();
});

afterAll(() => library.close());

function ask(query: string) {
  const headers = { ...library.headersOf(librarian), "apollo-federation-include-trace": "ftv1" };
  return library.subgraph.execute({ query, headers });
}

function traceOf(extensions: Readonly<Record<string, unknown>> | undefined): Trace {
  return Trace.decode(Buffer.from(String(extensions?.["ftv1"]), "base64"));
}

describe("the trace of an operation", () => {
  it("says where something failed, and nothing of why that readers are not told", async () => {
    const { extensions } = await ask("{ crash refuse greeting }");
    const { root } = traceOf(extensions);
    const told = root!.child!.map(({ responseName, error }) => [
      responseName,
      error?.map(({ message }) => message),
    ]);
    expect(told).toEqual([
      ["crash", ["INTERNAL_ERROR"]],
      ["refuse", ["NOT_FOUND"]],
      ["greeting", []],
    ]);
    expect(Buffer.from(String(extensions?.["ftv1"]), "base64").toString("latin1")).not.toMatch(/1234|row 3/);
  });

  it("goes with an answer that is the same as without", async () => {
    const [{ id } = { id: "" }] = await library.shelve([{ stars: 4 }, { stars: 2 }]);
    const query = `{ book(id: "${id}") { title shelf { books(first: 2) { nodes { stars } } } } }`;
    const { extensions, ...answer } = await ask(query);
    expect(answer).toEqual(await library.subgraph.execute({ query, headers: library.headersOf(librarian) }));
    const [book] = traceOf(extensions).root!.child!;
    const [nodes] = book!.child![1]!.child![0]!.child!;
    expect(nodes!.child!.map(({ index }) => index)).toEqual([0, 1]);
  });

  it("is made of mutations too", async () => {
    const [{ id } = { id: "" }] = await library.shelve([{ stars: 4 }]);
    const { data, extensions } = await ask(`mutation { renameBook(id: "${id}", title: "Emma") { title } }`);
    expect(data).toEqual({ renameBook: { title: "Emma" } });
    expect(traceOf(extensions).root!.child).toMatchObject([{ parentType: "Mutation" }]);
  });
});

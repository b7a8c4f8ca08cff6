import fc from "fast-check";
import type { TestSubgraph } from "../support/testGraph.ts";

/** Data of a generated graph: what each subgraph's fields answer, faults included. */
export interface Facts {
  readonly books: readonly BookFacts[];
  readonly authors: readonly AuthorFacts[];
}

interface BookFacts {
  readonly title: string | null;
  readonly pages: number | null;
  readonly genre: string | null;
  readonly author: number;
  readonly stock: number | null;
  readonly reviews: readonly {
    readonly stars: number | null;
    readonly by: number;
    readonly text: string | null;
  }[];
  readonly related: readonly number[];
}

interface AuthorFacts {
  readonly name: string | null;
  readonly isOrganization: boolean;
  readonly books: readonly number[];
}

/** A string that makes a resolver throw, so that faults are part of the data. */
export const broken = "!broken";

const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant(broken) },
);
const number = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -5, max: 5 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Books and authors that refer to each other. */
export const facts: fc.Arbitrary<Facts> = fc.record({
  books: fc.array(
    fc.record({
      title: text,
      pages: number,
      genre: fc.constantFrom("NOVEL", "POEM", "SECRET", null),
      author: fc.nat(2),
      stock: number,
      reviews: fc.array(fc.record({ stars: number, by: fc.nat(2), text }), { maxLength: 3 }),
      related: fc.array(fc.nat(3), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  authors: fc.array(
    fc.record({ name: text, isOrganization: fc.boolean(), books: fc.array(fc.nat(3), { maxLength: 3 }) }),
    { minLength: 1, maxLength: 3 },
  ),
});

function told<T>(value: T): T {
  if (value === broken) throw new Error("broken on purpose");
  return value;
}

const bookId = (index: number) => `b${index}`;
const authorId = (index: number) => `a${index}`;
const indexOf = (id: string) => Number(id.slice(1));

/** Four subgraphs over whatever `now()` says: entities, interfaces, unions, a requirement, a value type, an enum with a hidden value. */
export function graphOf(now: () => Facts): TestSubgraph[] {
  const book = (index: number) =>
    index < now().books.length ? { __typename: "Book", id: bookId(index) } : null;
  const author = (index: number) =>
    index < now().authors.length
      ? { __typename: now().authors[index]?.isOrganization ? "Organization" : "Person", id: authorId(index) }
      : null;
  const factsOfBook = ({ id }: { id: string }) => now().books[indexOf(id)] as BookFacts;
  const factsOfAuthor = ({ id }: { id: string }) => now().authors[indexOf(id)] as AuthorFacts;
  const authorFields = {
    __resolveReference: (reference: { id: string }) => reference,
    name: (parent: { id: string }) => told(factsOfAuthor(parent).name),
    books: (parent: { id: string }, { first }: { first: number }) =>
      factsOfAuthor(parent).books.slice(0, first).map(book),
  };
  const reference = { __resolveReference: (known: { id: string }) => known };
  return [
    {
      name: "catalogue",
      typeDefs: `
        enum Genre { NOVEL POEM SECRET @inaccessible }
        interface Titled { title: String }
        type Book implements Titled @key(fields: "id") {
          id: ID! title: String strictTitle: String! pages: Int genre: Genre author: Author! related(first: Int! = 2): [Book!] size: Size
        }
        type Size @shareable { pages: Int }
        interface Author @key(fields: "id") { id: ID! }
        type Person implements Author @key(fields: "id") { id: ID! }
        type Organization implements Author @key(fields: "id") { id: ID! }
        type Query { books: [Book!]! book(id: ID!): Book titled: [Titled] }
      `,
      resolvers: {
        Query: {
          books: () => now().books.map((_, index) => book(index)),
          book: (_: unknown, { id }: { id: string }) => book(Number.isNaN(indexOf(id)) ? -1 : indexOf(id)),
          titled: () => now().books.map((_, index) => book(index)),
        },
        Book: {
          ...reference,
          title: (parent: { id: string }) => told(factsOfBook(parent).title),
          strictTitle: (parent: { id: string }) => told(factsOfBook(parent).title),
          pages: (parent: { id: string }) => factsOfBook(parent).pages,
          genre: (parent: { id: string }) => factsOfBook(parent).genre,
          author: (parent: { id: string }) => author(factsOfBook(parent).author),
          related: (parent: { id: string }, { first }: { first: number }) =>
            factsOfBook(parent).related.slice(0, first).map(book).filter(Boolean),
          size: (parent: { id: string }) => ({ pages: factsOfBook(parent).pages }),
        },
      },
    },
    {
      name: "people",
      typeDefs: `
        interface Author @key(fields: "id") { id: ID! name: String books(first: Int = 3): [Book] }
        type Person implements Author @key(fields: "id") { id: ID! name: String books(first: Int = 3): [Book] age: Int! }
        type Organization implements Author @key(fields: "id") { id: ID! name: String books(first: Int = 3): [Book] founded: Int }
        type Book @key(fields: "id", resolvable: false) { id: ID! }
        union Maker = Person | Organization
        type Query { authors: [Author] makers: [Maker!] }
      `,
      resolvers: {
        Query: {
          authors: () => now().authors.map((_, index) => author(index)),
          makers: () => now().authors.map((_, index) => author(index)),
        },
        Author: { __resolveReference: ({ id }: { id: string }) => author(indexOf(id)) },
        Person: { ...authorFields, age: ({ id }: { id: string }) => (indexOf(id) === 1 ? null : 40) },
        Organization: { ...authorFields, founded: () => 1900 },
      },
    },
    {
      name: "reviews",
      typeDefs: `
        type Book @key(fields: "id") { id: ID! reviews(order: String): [Review!] best: Review }
        type Review { stars: Int! text: String by: Person }
        type Person @key(fields: "id") { id: ID! wrote: Int }
      `,
      resolvers: {
        Book: {
          ...reference,
          reviews: (parent: { id: string }) => factsOfBook(parent).reviews,
          best: (parent: { id: string }) => factsOfBook(parent).reviews[0],
        },
        Review: {
          text: (parent: { text: string | null }) => told(parent.text),
          by: ({ by }: { by: number }) =>
            now().authors[by]?.isOrganization === false ? { id: authorId(by) } : null,
        },
        Person: { ...reference, wrote: ({ id }: { id: string }) => indexOf(id) },
      },
    },
    {
      name: "stock",
      typeDefs: `
        type Book @key(fields: "id") { id: ID! pages: Int @external stock: Int weight: Int @requires(fields: "pages") }
      `,
      resolvers: {
        Book: {
          __resolveReference: (known: { id: string; pages?: number }) => known,
          stock: (parent: { id: string }) => factsOfBook(parent).stock,
          weight: ({ pages }: { pages: number | null }) => (pages === null ? null : pages * 2),
        },
      },
    },
  ];
}

const leaves: Record<string, readonly string[]> = {
  Book: ["id", "title", "strictTitle", "pages", "genre", "stock", "weight", "__typename"],
  Author: ["id", "name", "__typename"],
  Person: ["id", "name", "age", "wrote", "__typename"],
  Organization: ["name", "founded"],
  Review: ["stars", "text"],
  Titled: ["title", "__typename"],
  Maker: ["__typename"],
  Size: ["pages"],
};
const branches: Record<string, readonly (readonly [field: string, type: string])[]> = {
  Query: [
    ["books", "Book"],
    ['book(id: "b1")', "Book"],
    ["titled", "Titled"],
    ["authors", "Author"],
    ["makers", "Maker"],
  ],
  Book: [
    ["author", "Author"],
    ["related", "Book"],
    ["related(first: 1)", "Book"],
    ["reviews", "Review"],
    ["best", "Review"],
    ["size", "Size"],
  ],
  Author: [
    ["books", "Book"],
    ["books(first: 1)", "Book"],
    ["... on Person", "Person"],
    ["... on Organization", "Organization"],
  ],
  Person: [["books", "Book"]],
  Organization: [["books", "Book"]],
  Review: [["by", "Person"]],
  Titled: [["... on Book", "Book"]],
  Maker: [
    ["... on Person", "Person"],
    ["... on Organization", "Organization"],
  ],
};

/** Operations over that graph: aliases, arguments, fragments on types, fields asked for twice. */
export const operation: fc.Arbitrary<string> = fc.integer({ min: 1, max: 2 ** 31 - 2 }).map((seed) => {
  let aliases = 0;
  let state = seed;
  const next = (most: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
  const selection = (type: string, depth: number): string => {
    const parts = [...(leaves[type] ?? [])].filter(() => next(3) === 0);
    for (const [field, inner] of depth > 0 ? (branches[type] ?? []) : []) {
      if (next(2) === 0 && type !== "Query") continue;
      const isFragment = field.startsWith("...");
      // An alias equal to another field's name, or to a key's, is what a planner trips over.
      const alias = isFragment || next(3) ? "" : `x${aliases++}: `;
      const needsAlias = field.includes("(") && !alias ? `x${aliases++}: ` : alias;
      parts.push(`${needsAlias}${field} { ${selection(inner, depth - 1)} }`);
    }
    if (next(4) === 0 && (leaves[type] ?? []).includes("pages")) parts.push(`y${aliases++}: pages`);
    return parts.length ? parts.join(" ") : "__typename";
  };
  const branch = branches["Query"] ?? [];
  const roots = branch.filter(() => next(2) === 0);
  const chosen = roots.length ? roots : [branch[next(branch.length)] as readonly [string, string]];
  return `{ ${chosen.map(([field, type]) => `r${aliases++}: ${field} { ${selection(type, 2)} }`).join(" ")} }`;
});

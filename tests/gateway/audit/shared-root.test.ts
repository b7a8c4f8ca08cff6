import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const parts = {
  title: { id: "1", text: "Almanac", tongue: "en" },
  shelf: { id: "1", name: "Upper" },
  loan: { id: "1", days: 14, fine: "EUR" },
};

describe("a root three subgraphs share, of a type without a key", () => {
  const part = (name: keyof typeof parts, fields: string) => {
    const type = name[0]?.toUpperCase() + name.slice(1);
    const book = { id: "1", [name]: parts[name] };
    return {
      name,
      typeDefs: `
        type Query { book: Book! @shareable books: [Book!]! @shareable }
        type Book { id: ID! @shareable ${name}: ${type}! }
        type ${type} { id: ID! ${fields} }
      `,
      resolvers: { Query: { book: () => book, books: () => [book] } },
    };
  };
  const voices = voicesOver([
    part("shelf", "name: String!"),
    part("title", "text: String! tongue: String!"),
    part("loan", "days: Int! fine: String!"),
  ]);
  const fields = `id title { id text tongue } shelf { id name } loan { id days fine }`;
  const whole = { id: "1", ...parts };

  it("is asked of each for its part", () => voices.agree(`{ book { ${fields} } }`, { book: whole }));
  it("is asked of each for its part of every item in a list", () =>
    voices.agree(`{ books { ${fields} } }`, { books: [whole] }));
});

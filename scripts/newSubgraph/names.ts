/** What a new subgraph and what it keeps are called, in every form that its files need. */
export interface SubgraphNames {
  /** The subgraph: `billing`. */
  readonly subgraph: string;
  /** Its name as a part of a type's: `Billing`. */
  readonly Subgraph: string;
  /** The type it keeps: `Invoice`. */
  readonly Noun: string;
  /** One of them: `invoice`. */
  readonly noun: string;
  /** Many of them: `invoices`. */
  readonly nouns: string;
  readonly Nouns: string;
  /** In words: `line item`. */
  readonly words: string;
  /** One of them in words: `a line item`, `an invoice`. */
  readonly one: string;
}

/** Works out the names; without a noun it is the subgraph's own name in the singular. Returns what is wrong with them as a string. */
export function namesOf(subgraph: string | undefined, given?: string): SubgraphNames | string {
  if (!subgraph)
    return "Which subgraph? npm run new:subgraph -- billing, or npm run new:subgraph -- billing Invoice";
  if (!/^[a-z][a-z0-9]*$/.test(subgraph)) {
    return `A subgraph's name is a word of small letters, such as billing: ${subgraph} is not`;
  }
  if (RESERVED_WORDS.has(subgraph))
    return `${subgraph} is a word of TypeScript or of PostgreSQL: choose another name`;
  const Noun = given ?? capital(singular(subgraph));
  if (!/^[A-Z][A-Za-z0-9]*$/.test(Noun)) return `A type's name is like Invoice or LineItem: ${Noun} is not`;
  if (RESERVED.has(Noun)) return `${Noun} is a name of GraphQL or of every subgraph: choose another noun`;
  const noun = `${Noun[0]!.toLowerCase()}${Noun.slice(1)}`;
  const words = noun.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return {
    subgraph,
    Subgraph: capital(subgraph),
    Noun,
    noun,
    nouns: plural(noun),
    Nouns: plural(Noun),
    words,
    one: `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`,
  };
}

const RESERVED: ReadonlySet<string> = new Set(
  "Query Mutation Subscription Boolean Float ID Int String DateTime JSON PageInfo Permission SortDirection Context Row".split(
    " ",
  ),
);

// A subgraph's name is that of a constant and of a database schema.
const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `arguments async await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for from function if implements import in instanceof interface let new null of package private protected public return
  static super switch this throw true try type typeof undefined var void while with yield`.split(/\s+/),
);

function capital(word: string): string {
  return `${word[0]!.toUpperCase()}${word.slice(1)}`;
}

function singular(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(ss|us|is)$/.test(word) || !word.endsWith("s")) return word;
  return /(xes|ches|shes|sses)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

function plural(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Seed {
  code: string;
  cents?: number;
  grams?: number;
}
interface Tip {
  id: string;
  writer: string;
  seed: string;
}

const gardeners = [{ id: "g1", name: "Ann", nick: "greenfinger" }];
const seeds = [
  { code: "s1", name: "Kale", cents: 11, grams: 1 },
  { code: "s2", name: "Leek", cents: 22, grams: 2 },
];
const tips: Tip[] = [
  { id: "t1", writer: "g1", seed: "s1" },
  { id: "t2", writer: "g1", seed: "s2" },
];
const gardenerById = (id: string) => gardeners.find((gardener) => gardener.id === id);

describe("a small garden of gardeners, seeds, a store and tips", () => {
  const voices = voicesOver([
    {
      name: "gardeners",
      typeDefs: `
        type Query { me: Gardener }
        type Gardener @key(fields: "id") { id: ID! name: String nick: String @shareable }
      `,
      resolvers: {
        Query: { me: () => gardeners[0] },
        Gardener: {
          __resolveReference: ({ id }: { id: string }) => ({
            ...gardenerById(id),
            nick: "asked once too often",
          }),
        },
      },
    },
    {
      name: "store",
      typeDefs: `
        type Seed @key(fields: "code") {
          code: String! grams: Int @external cents: Int @external isThere: Boolean
          postage: Int @requires(fields: "cents grams") postageLabel: String @requires(fields: "cents grams")
        }
      `,
      resolvers: {
        Seed: {
          __resolveReference: (reference: Seed) => reference,
          isThere: ({ code }: Seed) => code === "s1",
          postage: ({ cents = NaN, grams = NaN }: Seed) => cents * grams * 10,
          postageLabel: ({ code, cents = NaN, grams = NaN }: Seed) => `#${code}#${cents * grams * 10}#`,
        },
      },
    },
    {
      name: "seeds",
      typeDefs: `
        type Query { seeds: [Seed] }
        type Seed @key(fields: "code") { code: String! name: String cents: Int grams: Int }
      `,
      resolvers: {
        Query: { seeds: () => seeds },
        Seed: { __resolveReference: ({ code }: Seed) => seeds.find((seed) => seed.code === code) },
      },
    },
    {
      name: "tips",
      typeDefs: `
        type Tip @key(fields: "id") { id: ID! text: String writer: Gardener @provides(fields: "nick") seed: Seed }
        type Gardener @key(fields: "id") { id: ID! nick: String @external tips: [Tip] }
        type Seed @key(fields: "code") { code: String! tips: [Tip] }
      `,
      resolvers: {
        Tip: {
          __resolveReference: ({ id }: Tip) => tips.find((tip) => tip.id === id),
          writer: ({ writer }: Tip) => gardenerById(writer),
          seed: ({ seed }: Tip) => ({ code: seed }),
        },
        Gardener: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          tips: ({ id }: { id: string }) => tips.filter(({ writer }) => writer === id),
        },
        Seed: {
          __resolveReference: ({ code }: Seed) => ({ code }),
          tips: ({ code }: Seed) => tips.filter(({ seed }) => seed === code),
        },
      },
    },
  ]);
  const ofMyTips = (...seedsOfTips: object[]) => ({ me: { tips: seedsOfTips.map((seed) => ({ seed })) } });

  it("knows who is asking", () => voices.agree(`{ me { id } }`, { me: { id: "g1" } }));
  it("knows the tips of who is asking", () =>
    voices.agree(`{ me { id tips { id } } }`, { me: { id: "g1", tips: [{ id: "t1" }, { id: "t2" }] } }));
  it("takes a writer's nick from the tip that provides it", () =>
    voices.agree(`{ me { tips { id writer { id nick } seed { isThere } } } }`, {
      me: {
        tips: [
          { id: "t1", writer: { id: "g1", nick: "greenfinger" }, seed: { isThere: true } },
          { id: "t2", writer: { id: "g1", nick: "greenfinger" }, seed: { isThere: false } },
        ],
      },
    }));
  it("names its seeds", () =>
    voices.agree(`{ seeds { name } }`, { seeds: [{ name: "Kale" }, { name: "Leek" }] }));
  it("prices its seeds", () =>
    voices.agree(`{ seeds { cents } }`, { seeds: [{ cents: 11 }, { cents: 22 }] }));
  it("reckons the postage from what another subgraph knows", () =>
    voices.agree(`{ seeds { postage } }`, { seeds: [{ postage: 110 }, { postage: 440 }] }));
  it("reckons the postage and shows what it is reckoned from", () =>
    voices.agree(`{ seeds { postage grams cents } }`, {
      seeds: [
        { postage: 110, grams: 1, cents: 11 },
        { postage: 440, grams: 2, cents: 22 },
      ],
    }));
  it("goes from seeds to tips to writers and back to seeds", () =>
    voices.agree(`{ seeds { tips { id writer { nick } seed { name postage } } } }`, {
      seeds: [
        { tips: [{ id: "t1", writer: { nick: "greenfinger" }, seed: { name: "Kale", postage: 110 } }] },
        { tips: [{ id: "t2", writer: { nick: "greenfinger" }, seed: { name: "Leek", postage: 440 } }] },
      ],
    }));
  it("goes round in a circle", () =>
    voices.agree(
      `{ me { tips { seed { tips { id } } } } }`,
      ofMyTips({ tips: [{ id: "t1" }] }, { tips: [{ id: "t2" }] }),
    ));
  it("looks into the store for the seeds of tips", () =>
    voices.agree(`{ me { tips { seed { isThere } } } }`, ofMyTips({ isThere: true }, { isThere: false })));
  it("reckons the postage for the seeds of tips", () =>
    voices.agree(`{ me { tips { seed { postage } } } }`, ofMyTips({ postage: 110 }, { postage: 440 })));
  it("reckons two things from the same", () =>
    voices.agree(
      `{ me { tips { seed { postage postageLabel } } } }`,
      ofMyTips({ postage: 110, postageLabel: "#s1#110#" }, { postage: 440, postageLabel: "#s2#440#" }),
    ));
});

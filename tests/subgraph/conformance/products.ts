import { defineSubgraph } from "#shared/subgraph/defineSubgraph.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";

interface Product {
  readonly id: string;
  readonly sku: string;
  readonly package: string;
  readonly variation: { readonly id: string };
  readonly caseNumber: string;
}

interface User {
  readonly email: string;
  readonly name?: string;
  readonly totalProductsCreated?: number;
  readonly yearsOfEmployment?: number;
}

const dimensions = { size: "small", weight: 1, unit: "kg" };

const people: readonly User[] = [
  {
    email: "support@apollographql.com",
    name: "Jane Smith",
    totalProductsCreated: 1337,
    yearsOfEmployment: 10,
  },
];

const stock: readonly Product[] = [
  {
    id: "apollo-federation",
    sku: "federation",
    package: "@apollo/federation",
    variation: { id: "OSS" },
    caseNumber: "1234",
  },
  { id: "apollo-studio", sku: "studio", package: "", variation: { id: "platform" }, caseNumber: "1235" },
];

const studies = [
  { caseNumber: "1234", description: "Federation Study" },
  { caseNumber: "1235", description: "Studio Study" },
];

const discontinued = [
  {
    sku: "apollo-federation-v1",
    package: "@apollo/federation-v1",
    reason: "Migrate to Federation V2",
    inventory: "apollo-oss",
    createdBy: people[0],
  },
];

/** What may be known of a product that is asked for by one of its keys. */
type ProductKey = Partial<Product>;

/** The subgraph that the compatibility suite of Apollo's federation asks of everybody, built as ours are. */
export const products = defineSubgraph({
  name: "products",
  schemaFolder: new URL("./schema/", import.meta.url),
  commonSdl,
  resolvers: {
    Query: {
      product: (_: unknown, { id }: { id: string }) => productBy({ id }),
      deprecatedProduct: (_: unknown, key: { sku: string; package: string }) => discontinuedBy(key),
    },
    Product: {
      __resolveReference: (key: ProductKey) => productBy(key),
      dimensions: () => dimensions,
      createdBy: () => people[0],
      research: ({ caseNumber }: Product) => [{ study: { caseNumber } }],
    },
    DeprecatedProduct: {
      __resolveReference: (key: { sku: string; package: string }) => discontinuedBy(key),
    },
    ProductResearch: {
      __resolveReference: ({ study }: { study: { caseNumber: string } }) =>
        studyBy(study.caseNumber) ? { study } : null,
      study: ({ study }: { study: { caseNumber: string } }) => studyBy(study.caseNumber),
      outcome: () => null,
    },
    User: {
      // What it was handed along with the key is what fields with @requires are made of.
      __resolveReference: (given: User) => ({
        ...people.find(({ email }) => email === given.email),
        ...given,
      }),
      averageProductsCreatedPerYear: ({ totalProductsCreated, yearsOfEmployment }: User) =>
        totalProductsCreated && yearsOfEmployment
          ? Math.round(totalProductsCreated / yearsOfEmployment)
          : null,
    },
    Inventory: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      deprecatedProducts: ({ id }: { id: string }) =>
        discontinued.filter(({ inventory }) => inventory === id),
    },
  },
});

function productBy({ id, sku, package: from, variation }: ProductKey): Product | undefined {
  if (id !== undefined) return stock.find((product) => product.id === id);
  if (variation) return stock.find((product) => product.sku === sku && product.variation.id === variation.id);
  return stock.find((product) => product.sku === sku && product.package === from);
}

function discontinuedBy(key: { sku: string; package: string }) {
  return discontinued.find(({ sku, package: from }) => sku === key.sku && from === key.package);
}

function studyBy(caseNumber: string) {
  return studies.find((study) => study.caseNumber === caseNumber);
}

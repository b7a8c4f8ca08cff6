/** A gateway that is measured: what the table calls it, its file, and whether it takes packages the product does not need. */
interface Contender {
  readonly title: string;
  readonly file: string;
  readonly isRival?: true;
}

/** Every gateway of the benchmark, by the name that --only knows; the last is none: the same calls, parsed and stringified. */
export const contenders = {
  apollo: { title: "@apollo/gateway in Apollo Server", file: "../rivals/apolloServer.ts", isRival: true },
  stock: { title: "@apollo/gateway behind Yoga", file: "stock.ts" },
  hive: { title: "Hive Gateway", file: "../rivals/hive.ts", isRival: true },
  hiveRouter: { title: "Hive Gateway, Rust planner", file: "../rivals/hiveRouter.ts", isRival: true },
  ours: { title: "this executor behind Yoga", file: "ours.ts" },
  executorAlone: { title: "this executor, and no Yoga", file: "executorAlone.ts" },
  product: { title: "the whole gateway, every feature on", file: "product.ts" },
  floorBehindYoga: { title: "no gateway, but Yoga before it", file: "floorBehindYoga.ts" },
  floor: { title: "no gateway: the same calls, parsed and stringified", file: "floor.ts" },
} as const satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;

/** Whether a contender needs the packages of tests/bench/rivals. */
export function isRival(name: ContenderName): boolean {
  return "isRival" in contenders[name];
}

/** Whether a contender is of this project, so that another checkout has it, too. */
export function isOwn(name: ContenderName): boolean {
  return name === "ours" || name === "product" || name === "executorAlone";
}

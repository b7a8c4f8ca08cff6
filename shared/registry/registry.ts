/** Makes a registry of its members; two of one type are refused at once. */
export function defineRegistry<Member, Type extends string>(
  options: RegistryOptions<Member, Type>,
): Registry<Member, Type> {
  const { name, graphqlEnum = null, members, key } = options;
  const byType = new Map<string, Member>();
  for (const member of members) {
    if (byType.has(key(member))) throw new Error(`${name} lists ${key(member)} twice`);
    byType.set(key(member), member);
  }
  const find = (type: string): Member | null => byType.get(type) ?? null;
  return {
    name,
    graphqlEnum,
    members,
    types: members.map(key),
    find,
    get(type) {
      const member = find(type);
      if (!member) throw new Error(`${name} has no ${type}`);
      return member;
    },
  };
}

/** A readable list of members of one kind, found by their type. */
export interface Registry<Member, Type extends string> {
  readonly name: string;
  /** The GraphQL enum that lists the same types, when users see them. */
  readonly graphqlEnum: string | null;
  /** The members in the order they were listed. */
  readonly members: readonly Member[];
  /** Their types, in the same order. */
  readonly types: readonly Type[];
  /** The member of this type, or null. */
  find(type: string): Member | null;
  /** The member of this type; one that is not listed is a mistake of the program. */
  get(type: Type): Member;
}

/** What a registry is made of: its members, and what tells one from another. */
export interface RegistryOptions<Member, Type extends string> {
  name: string;
  graphqlEnum?: string | undefined;
  members: readonly Member[];
  key: (member: Member) => Type;
}

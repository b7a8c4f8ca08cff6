/** A readable list of members of one kind, found by their type. */
export interface Registry<Member, Type extends string> {
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
  members: readonly Member[];
  key: (member: Member) => Type;
}

/** Makes a registry of its members; two of one type are refused at once. */
export function defineRegistry<Member, Type extends string>(
  options: RegistryOptions<Member, Type>,
): Registry<Member, Type> {
  const { name, members, key } = options;
  const byType = new Map<string, Member>();
  for (const member of members) {
    if (byType.has(key(member))) throw new Error(`${name} lists ${key(member)} twice`);
    byType.set(key(member), member);
  }
  const find = (type: string): Member | null => byType.get(type) ?? null;
  return {
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

/**
 * Lets those who ask the same at the same time share an answer, and nobody get one that was asked for before they came: while a question
 * is under way, whoever comes waits for the next, which is asked once for all of them. `name` says which questions are the same.
 */
export function shareFreshAnswers<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
): (name: string, question: Question) => Promise<Answer> {
  const underWay = new Map<string, UnderWay<Answer>>();
  const begin = (name: string, question: Question): Promise<Answer> => {
    const asked = ask(question);
    const turn: UnderWay<Answer> = { asked, next: null };
    underWay.set(name, turn);
    const end = () => {
      if (underWay.get(name) === turn) underWay.delete(name);
    };
    asked.then(end, end);
    return asked;
  };
  return (name, question) => {
    const turn = underWay.get(name);
    if (!turn) return begin(name, question);
    const beginNext = () => begin(name, question);
    return (turn.next ??= turn.asked.then(beginNext, beginNext));
  };
}

interface UnderWay<Answer> {
  readonly asked: Promise<Answer>;
  /** What those wait for who came meanwhile. */
  next: Promise<Answer> | null;
}

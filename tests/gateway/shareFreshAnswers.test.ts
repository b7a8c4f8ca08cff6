import { expect, it } from "vitest";
import { shareFreshAnswers } from "../../gateway/authentication/shareFreshAnswers.ts";

/** Questions that are answered when the story says so, with how many were asked before. */
function asking() {
  const asked: PromiseWithResolvers<number>[] = [];
  const share = shareFreshAnswers(() => {
    const question = Promise.withResolvers<number>();
    asked.push(question);
    return question.promise;
  });
  return { asked, share, answer: (which: number) => asked[which]!.resolve(which) };
}

it("is never an answer that was asked for before whoever gets it came, and one question for all who came meanwhile", async () => {
  const { asked, share, answer } = asking();
  const first = share("ada", null);
  const others = [share("ada", null), share("ada", null), share("ada", null)];
  expect(asked).toHaveLength(1);
  answer(0);
  expect(await first).toBe(0);
  expect(asked).toHaveLength(2);
  const late = share("ada", null);
  answer(1);
  expect(await Promise.all(others)).toEqual([1, 1, 1]);
  expect(asked).toHaveLength(3);
  answer(2);
  expect(await late).toBe(2);
});

it("keeps nobody waiting for a question about somebody else, or for one that failed", async () => {
  const { asked, share, answer } = asking();
  const failing = share("ada", null);
  const next = share("ada", null);
  const other = share("bob", null);
  answer(1);
  expect(await other).toBe(1);
  asked[0]!.reject(new Error("identity is away"));
  await expect(failing).rejects.toThrow("identity is away");
  answer(2);
  expect(await next).toBe(2);
});

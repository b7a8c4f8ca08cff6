/** An end that may come while something is waited for, and how it comes. */
export interface EarlyEnd<How> {
  end(how: How): void;
  /** What comes, or the end when that is first. */
  orEnd<Value>(coming: Promise<Value>): Promise<Value | How>;
}

/**
 * Opens an end for whoever waits for one thing after another, at most one at a time. A promise that is raced with each of many others keeps
 * all that these brought alive until it settles: what is waited for here is let go of.
 */
export function openEarlyEnd<How>(): EarlyEnd<How> {
  let ended: { readonly how: How } | null = null;
  let tell: ((how: How) => void) | null = null;
  return {
    end(how) {
      ended ??= { how };
      tell?.(ended.how);
    },
    orEnd(coming) {
      return new Promise((resolve, reject) => {
        if (ended) resolve(ended.how);
        else tell = resolve;
        coming.then(resolve, reject);
      });
    },
  };
}

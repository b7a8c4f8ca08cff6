/** Whether a text matches a pattern in which * stands for anything, whatever the case. */
export function matchesGlob(pattern: string, text: string): boolean {
  return compileGlob(pattern)(text);
}

/**
 * A pattern in which * stands for anything, whatever the case, made ready for many texts. Takes time in proportion to both
 * lengths together, whoever wrote them: there are no regular expressions to be slow.
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const last = rest.pop();
  if (last === undefined) return (text) => first === text.toLowerCase();
  return (text) => {
    const lower = text.toLowerCase();
    if (!lower.startsWith(first) || lower.length < first.length + last.length) return false;
    const end = lower.length - last.length;
    let at = first.length;
    for (const piece of rest) {
      const found = lower.indexOf(piece, at);
      if (found === -1 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return lower.endsWith(last) && at <= end;
  };
}

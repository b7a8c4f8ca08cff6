import { registerHooks } from "node:module";

// Given to node with --import: whoever loads the ORM in that process fails.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith("@mikro-orm/"))
      throw new Error(`${specifier} is loaded by ${context.parentURL}`);
    return next(specifier, context);
  },
});

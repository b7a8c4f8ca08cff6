import { registerHooks } from "node:module";

// Given to node with --import: in that process @apollo/gateway is not installed.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === "@apollo/gateway" ? "@apollo/gateway-which-nobody-installed" : specifier, context),
});

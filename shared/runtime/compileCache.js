import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Given to node with --import, so that it is there before the first source is read: what was compiled before is not compiled again, and
// what takes the types out of the sources is not even loaded, which is a quarter of the time and 20 MB. In JavaScript for that reason.
// Not in the folder for temporary files, where somebody else could leave something to be run; where nothing can be written, nothing is.
enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url)));

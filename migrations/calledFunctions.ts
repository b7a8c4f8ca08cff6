import { calledIn } from "./sqlNodes.ts";
import type { MigrationFile } from "./sqlStatements.ts";

/**
 * Why what a statement calls is dangerous: everything that is neither in the list below nor made by the same migration, where its body is
 * looked into. A list of what is harmless, since PostgreSQL has some thousand functions, of which some end connections, write files or
 * run the text that they are given.
 */
export function dangerousCalls(node: unknown, file: MigrationFile): string[] {
  return calledIn(node)
    .filter((name) => !HARMLESS.has(name) && !file.isOwnFunction(name))
    .map((name) => `calls ${name}, which nobody has said to be harmless`);
}

/** Functions that do nothing but answer, and take no longer than what they are given. */
const HARMLESS: ReadonlySet<string> = new Set(
  `process.now
  now transaction_timestamp statement_timestamp clock_timestamp date_trunc date_part extract timezone to_timestamp make_interval age
  uuidv4 uuidv7 gen_random_uuid current_setting
  length char_length octet_length lower upper initcap btrim ltrim rtrim lpad rpad left right substring substr overlay position strpos
  concat concat_ws replace translate split_part reverse regexp_replace regexp_match string_to_array array_to_string to_char format
  md5 sha256 encode decode convert_to convert_from hashtext
  abs ceil floor round trunc sign mod power sqrt random
  count sum avg min max bool_and bool_or every string_agg array_agg json_agg jsonb_agg jsonb_object_agg
  row_number rank dense_rank percent_rank ntile lag lead first_value last_value
  unnest array_length cardinality array_append array_prepend array_cat array_remove array_position
  to_json to_jsonb jsonb_build_object jsonb_build_array jsonb_array_elements jsonb_array_elements_text jsonb_array_length
  jsonb_each jsonb_each_text jsonb_object_keys jsonb_set jsonb_insert jsonb_typeof jsonb_strip_nulls jsonb_path_exists`.split(
    /\s+/,
  ),
);

// Stands alone because it has to be evaluated before any @apollo module is.
process.env["APOLLO_TELEMETRY_DISABLED"] = "1";

/** True once the libraries this engine builds on have been told to report to nobody. */
export const telemetryOff = true;

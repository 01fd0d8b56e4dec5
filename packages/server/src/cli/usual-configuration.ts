/** Where a configuration is looked for when nobody names one. */
export const usualConfiguration = "valetkey.yaml";

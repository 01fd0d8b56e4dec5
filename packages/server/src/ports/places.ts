/** Where an address is, as far as somebody knows; nobody has proven it. */
export interface Place {
  /** ISO 3166-1 alpha-2; null where only the city is known, or neither. */
  readonly country: string | null;
  /** By language, BCP 47; empty where it is not known. */
  readonly city: Readonly<Record<string, string>>;
}

/** Where in the world an address of the internet is, as the operator's file has it. */
export interface Places {
  /** undefined where nothing is known of it, and where there is no file. */
  find(address: string): Place | undefined;
}

export const noPlaces: Places = { find: () => undefined };

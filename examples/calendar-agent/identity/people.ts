/** Who has a calendar here. Their passwords are public: the example listens on loopback only. */
export const people = [
  { email: "mia@example.com", name: "Mia Berger", password: "mia-demonstration", roles: [] },
  { email: "leo@example.com", name: "Leo Winter", password: "leo-demonstration", roles: [] },
] as const;

export type Email = (typeof people)[number]["email"];

/** Who works here. Their passwords are public: the example listens on loopback only. */
export const people = [
  { email: "anna@example.com", name: "Anna Lind", password: "anna-demonstration", roles: ["member"] },
  { email: "tom@example.com", name: "Tom Reyes", password: "tom-demonstration", roles: ["trainer"] },
  { email: "vera@example.com", name: "Vera Okafor", password: "vera-demonstration", roles: ["auditor"] },
  { email: "nils@example.com", name: "Nils Holm", password: "nils-demonstration", roles: [] },
] as const;

/** Whom to ask for a role. */
export const helper = { name: "Ira Berg", email: "ira@example.com" } as const;

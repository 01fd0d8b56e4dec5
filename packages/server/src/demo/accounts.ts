/** The people of the demonstration. Their passwords are public: the demonstration listens on loopback only. */
export const demoAccounts = [
  { email: "ada@example.com", name: "Ada", password: "ada-demonstration", roles: ["trainer"] },
  { email: "bob@example.com", name: "Bob", password: "bob-demonstration", roles: [] },
] as const;

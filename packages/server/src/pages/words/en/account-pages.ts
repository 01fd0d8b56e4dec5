/** What the pages of an account have in common. */
export const accountPages = {
  label: "Pages of your account",
  apps: "Apps and agents",
  security: "Signing in",
  sessions: "Devices",
  activity: "Activity",
  data: "Your data",
  /** Where a page shows what it lets nobody change who signed in long ago. */
  confirmLead: "To change something here, first confirm that it is you.",
  confirm: "Confirm that it is you",
  stale: "Something changed meanwhile. Here is how it stands now.",
  /** Of something that happened only so far back: "2 days ago". */
  made: "Added {since}.",
  used: "Last used {used}.",
  unused: "Not used yet.",
};

/** One permission at one resource. */
export interface Allowance {
  readonly resource: string;
  readonly scope: string;
}

/** A set of scopes that an account may be given; nobody is granted a scope that no role of theirs allows. */
export interface Role {
  readonly name: string;
  readonly description: string;
  readonly allows: readonly Allowance[];
}

/** The role that every account holds. */
export const everyone = "everyone";
/** The role of those who operate this server. */
export const administrator = "administrator";
